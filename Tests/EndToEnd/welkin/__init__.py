"""What the end-to-end tests are made of: real servers in temporary folders, and clients for them."""
