"""`python -m tests.oscar FOLDER [PORT]`: fill a shop in an empty folder and serve it until it is ended.

The first line of the output is the shop's address. `FOLDER/asked.txt` gets a line for every request.
"""

import os
import socketserver
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

Start = Callable[..., Any]


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_arguments: object) -> None:
        """A client that hangs up is no news."""


class Handler(WSGIRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """What was asked is in the file."""


def main(folder: Path, port: int) -> None:
    os.environ["OSCAR_FOLDER"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.oscar.settings"
    for name in ("media", "letters", "index"):
        (folder / name).mkdir()
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application
    from tests.oscar.filling import fill

    fill()
    answer = StaticFilesHandler(get_wsgi_application())
    with (folder / "asked.txt").open("a", encoding="utf-8", buffering=1) as asked:

        def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
            asked.write(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}\n")
            answered: Iterable[bytes] = answer(environ, start)
            return answered

        with Server(("127.0.0.1", port), Handler) as server:
            server.set_app(application)
            print(f"http://127.0.0.1:{server.server_port}/", flush=True)  # noqa: T201 - it is the answer
            server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
