"""Electronic mail as bytes: what came in is understood, whatever it is."""
