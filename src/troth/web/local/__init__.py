"""What commands of this machine ask of the server: with the key in the workspace's folder, and no other."""
