"""A small client of Troth's server, for programs in Python: send records, read figures, take tables.

>>> from troth.client import Client
>>> with Client("http://127.0.0.1:8765", key="troth_…") as troth:  # doctest: +SKIP
...     sent = troth.send("orders", [{"order_id": "1", "customer_id": "c1"}])
...     index = troth.overview()["company"]["trust"]["index"]
...     customers = troth.table("customers")
"""

from troth.client.client import Client, Refused, Sent
from troth.client.errors import ServerError

__all__ = ["Client", "Refused", "Sent", "ServerError"]
