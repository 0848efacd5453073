"""FT71x: what the chat template of the model does to a row (`--chat-template`)."""
