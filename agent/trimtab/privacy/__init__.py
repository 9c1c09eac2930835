"""What leaves the device, and how little it says: consent, noise, budget."""
