"""The pure heart: business time, the definition of procedures, the engine and its scenarios."""
