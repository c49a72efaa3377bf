"""Reviews and social proof."""
