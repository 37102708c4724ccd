"""Independent labels, hand-in, and the rule of blindness."""
