"""Files for people outside the product: what is in them, how they are made, and who gets them."""
