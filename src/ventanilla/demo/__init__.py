"""The demonstration: made-up people, and a mail world that never leaves this machine."""
