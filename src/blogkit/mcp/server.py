"""The protocol: tools listed and called over standard input and output, or over HTTP.

``mcp`` here is the protocol's SDK; blogkit's own package of that name is ``blogkit.mcp``.
"""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import anyio
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolResult,
    ListToolsResult,
    TextContent,
    Tool,
    ToolAnnotations,
)

from blogkit import __version__
from blogkit.errors import BlogkitError, LibraryError
from blogkit.mcp.answering import Answering
from blogkit.mcp.quotation import NOTICE, quoted
from blogkit.mcp.tools import TOOLS, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from mcp.server.context import ServerRequestContext
    from mcp.types import CallToolRequestParams, PaginatedRequestParams

    from blogkit.mcp.tools import Answer, ReadingTool

    Context = ServerRequestContext[dict[str, object]]

HOST = "127.0.0.1"
"""The only address that HTTP is served on."""

PATH = "/mcp"
"""Where HTTP is served."""

INSTRUCTIONS = (
    "blogkit is the user's own library of posts, much of it mathematics in Chinese and English. "
    "search finds passages, get_post reads on from the line of a hit, find_formula looks formulas "
    "up by structure, check_formula says whether one is true, symbols what its letters mean. "
    "Nothing here changes the library. "
    f"Cite posts by title and line. {NOTICE}"
)
"""What a client tells its model of this server."""


def make_server(answering: Answering) -> Server[dict[str, object]]:
    """A server of the tools, to be run on any transport."""

    async def list_tools(context: Context, page: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=listed_tools())

    async def call_tool(context: Context, call: CallToolRequestParams) -> CallToolResult:
        tool = next((tool for tool in TOOLS if tool.name == call.name), None)
        if tool is None:
            known = ", ".join(tool.name for tool in TOOLS)
            raise MCPError(INVALID_PARAMS, f"unknown tool {call.name[:100]!r}; there are {known}")
        try:
            return _result(await answering.answer(tool, call.arguments or {}))
        except BlogkitError as error:
            return _refusal(tool, error)

    return Server(
        "blogkit",
        version=__version__,
        title="blogkit",
        description="A local library of math-heavy posts: search, formulas, checks.",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def listed_tools() -> list[Tool]:
    """The tools as a client sees them."""
    return [
        Tool(
            name=tool.name,
            title=tool.title,
            description=tool.description,
            input_schema=tool.takes,
            output_schema=tool.gives,
            annotations=ToolAnnotations(
                title=tool.title,
                read_only_hint=True,
                destructive_hint=False,
                idempotent_hint=True,
                open_world_hint=False,
            ),
        )
        for tool in TOOLS
    ]


def _result(found: Answer) -> CallToolResult:
    """A structure, and the same JSON for clients that read text only; or a text, once."""
    if isinstance(found, Text):
        return CallToolResult(content=[_block(_json(found.facts)), _block(found.text)])
    return CallToolResult(content=[_block(_json(found))], structured_content=found)


def _json(found: dict[str, object]) -> str:
    return json.dumps(found, ensure_ascii=False)


def _block(text: str) -> TextContent:
    return TextContent(type="text", text=text)


def _refusal(tool: ReadingTool, error: BlogkitError) -> CallToolResult:
    """An error that the model can read and mend; it may quote a title, so it is made plain."""
    message = f"{tool.name}: {quoted(str(error))}"
    return CallToolResult(content=[_block(message)], is_error=True)


def serve_stdio(folder: str | None) -> None:
    """Answer on standard input and output until the input ends."""

    async def serve(answering: Answering) -> None:
        server = make_server(answering)
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    with Answering(folder) as answering:
        anyio.run(serve, answering)


def serve_http(folder: str | None, port: int, *, ready: Callable[[str], None]) -> None:
    """Answer on a port of this machine's loopback until interrupted.

    Requests are answered only if they name this port of the loopback as their host, and come from
    no page or from one of this very port, so that no web page can ask.

    Args:
        folder: the library; None for the usual place.
        port: which port; 0 for any that is free.
        ready: called with the address once it is listened on.

    Raises:
        LibraryError: if the port can't be had.
    """
    import uvicorn

    with Answering(folder) as answering, _bound(port) as listening:
        port = listening.getsockname()[1]
        application = make_server(answering).streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            transport_security=_only_from_here(port),
        )
        config = uvicorn.Config(application, log_level="warning", access_log=False)
        ready(f"http://{HOST}:{port}{PATH}")
        uvicorn.Server(config).run(sockets=[listening])


def _only_from_here(port: int) -> TransportSecuritySettings:
    """The hosts and origins that are answered, in full: a pattern would let a longer name pass."""
    hosts = [f"{name}:{port}" for name in (HOST, "localhost")]
    return TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[f"http://{host}" for host in hosts]
    )


def _bound(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise LibraryError(f"{HOST}:{port}: can't be listened on: {reason}") from error
    return listening
