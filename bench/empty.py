"""An application with one empty route, served as Servanda is: what FastAPI costs at the least."""

from __future__ import annotations

import socket
import sys

import uvicorn
from fastapi import FastAPI

from api.connections import configured
from api.settings import Settings
from bench.client import HOST

app = FastAPI()


@app.get("/")
async def empty() -> None:
    """Answer nothing."""


def main() -> None:
    """Serve at the port that is the argument."""
    # asyncio sends small packets at once only where a socket is told to be TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind((HOST, int(sys.argv[1])))
    uvicorn.Server(configured(app, Settings())).run(sockets=[listener])


if __name__ == "__main__":
    main()
