"""What a procedure is: the author's language, and the compiled model the engine runs."""
