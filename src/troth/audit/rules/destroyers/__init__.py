"""Trust destroyers, each a penalty."""
