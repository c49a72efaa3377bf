"""Meaning as numbers, where somebody installs it (`troth[embed]`); nothing here is asked by default."""

from troth.reading.embed.embedders import MEMORY, default_embedder, embedder_of

__all__ = ["MEMORY", "default_embedder", "embedder_of"]
