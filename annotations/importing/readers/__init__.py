"""One module per form: bytes in, texts with marks out. Pure."""
