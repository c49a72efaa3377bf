"""What those who run the server need: is it well, how busy is it, what did it do."""
