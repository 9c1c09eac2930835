"""Figures: what a step costs, what a first visit costs. Ratios within one run; nothing here passes or fails."""
