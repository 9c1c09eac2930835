"""The command `trimtab plan`: what a site will be able to tell, before anybody has come. It only parses and prints.

Reading order: command, shares (how percentages are written), effects (what is planned for), page and machine (how it
is told). What is computed is in `analyse`: plans, planning, reach, boundary, alternatives.
"""
