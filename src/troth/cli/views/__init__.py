"""What commands print for a person. Unlike the commands themselves, views may import what is costly."""
