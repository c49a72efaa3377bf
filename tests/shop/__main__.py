"""Keep a shop open to look at: `python -m tests.shop de returns-linked`."""

import sys
from threading import Event

from tests.shop import Shop

language, *faults = sys.argv[1:] or ["en"]
with Shop(language, faults) as shop:
    sys.stdout.write(f"{shop.url}\n--host-resolver-rules={shop.resolver_rules!r}\nCA: {shop.ca_file}\n")
    sys.stdout.flush()
    Event().wait()
