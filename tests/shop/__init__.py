"""A small web shop on loopback, honest in three languages; each of 64 faults can be switched on alone."""

from tests.shop.shop import Shop

__all__ = ["Shop"]
