"""Study: what is due is asked, answered and graded; cards are taken and dropped."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from blogkit.errors import MissingExtraError, QueryError, StudyError
from blogkit.language import Message
from blogkit.study import Study
from blogkit.views.speech import said, say
from blogkit.views.study_plain import duration, level, weeks, why
from blogkit.views.terms import term
from blogkit.web.asking import read_text
from blogkit.web.forms import SEE_OTHER, own_form
from blogkit.web.room import Room, page, room_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blogkit.study.reading import ReadingEntry
    from blogkit.study.schedule import Grade

FORECAST_DAYS = 14
"""Days of the forecast."""
HISTORY_DAYS = 26 * 7
"""Days of the heat map."""
_LOOKED_AT = 40
"""Posts among which some are looked for that offer cards."""
PROPOSALS = 3
"""Posts that are proposed to be read next."""


def show_study(request: Request) -> Response:
    """The next card that is due, what will be due, and what was done."""
    with room_of(request).shelf.library() as library:
        study = Study(library)
        due = study.due(limit=1)
        is_empty = room_of(request).is_empty(library)
        forecast, history = study.forecast(days=FORECAST_DAYS), study.history(days=HISTORY_DAYS)
        proposals = study.next(limit=PROPOSALS)
        offering = [] if due.accepted else _offering(study)
        choices, missing = _choices(study, due.cards[0].card.id) if due.cards else ({}, "")
    most = max((day.reviews for day in history.days), default=0)
    return page(
        request,
        "study",
        due=due,
        is_empty=is_empty,
        choices=[(number, *choice) for number, choice in enumerate(choices.items(), start=1)],
        missing=missing,
        forecast=forecast,
        tallest=max((day.reviews + day.new for day in forecast.days), default=0),
        history=history,
        weeks=list(zip(*weeks(history), strict=True)),
        level=lambda day: level(day.reviews, most),
        proposals=[(proposal, why(proposal)) for proposal in proposals],
        offering=offering,
        remark=read_text(request.query_params, "remark"),
    )


def _offering(study: Study) -> list[ReadingEntry]:
    """The next posts to read that offer cards; many offer none."""
    entries = (proposal.entry for proposal in study.next(limit=_LOOKED_AT))
    offering = (entry for entry in entries if study.offered(entry.post_id).total)
    return list(islice(offering, PROPOSALS))


def _choices(study: Study, card_id: str) -> tuple[dict[Grade, str], str]:
    """For each grade, after how long the card would be asked again; or what is missing."""
    try:
        found = study.choices(card_id)
    except MissingExtraError as error:
        return {}, error.text
    return {grade: duration(seconds) for grade, seconds in found.items()}, ""


async def answer_card(request: Request) -> Response:
    """Store a grade, or take the last one back."""
    room = room_of(request)
    async with own_form(request, room.token) as form:
        card, grade = str(form.get("card", "")), str(form.get("grade", ""))
    remark = await run_in_threadpool(_answer, room, card, grade)
    return RedirectResponse(f"/study?remark={quote(remark)}" if remark else "/study", SEE_OTHER)


def _answer(room: Room, card: str, grade: str) -> str:
    """Do what was asked for; what is to be said of it."""
    with room.shelf.library() as library:
        study = Study(library)
        try:
            if grade == "undo":
                return say("Taken back: {grade}", grade=term(study.undo().grade))
            study.grade(card, grade)
        except StudyError as error:
            return said(error.text)
    return ""


def show_cards(request: Request) -> Response:
    """The cards that a post offers, or without one all that were taken."""
    post = read_text(request.query_params, "post")
    symbols = request.query_params.get("symbols") == "1"
    with room_of(request).shelf.library() as library:
        study = Study(library)
        cards = study.offered(post, symbols=symbols) if post else study.cards()
        title = library.post(post).title if post else ""
        is_new = not (post or cards.total)
        offering = _offering(study) if is_new else []
    return page(
        request, "cards", cards=cards, post=post, title=title, offering=offering, symbols=symbols
    )


async def change_card(request: Request) -> Response:
    """Take, drop or edit a card, or take all new ones of a post."""
    room = room_of(request)
    async with own_form(request, room.token) as form:
        values = {name: str(value) for name, value in form.items()}
    await run_in_threadpool(_change, room, values)
    post = values.get("post", "")
    symbols = "&symbols=1" if values.get("symbols") == "1" else ""
    address = f"/cards?post={quote(post, safe='')}{symbols}" if post else "/cards"
    return RedirectResponse(address, SEE_OTHER)


def _change(room: Room, values: dict[str, str]) -> None:
    action, card, post = (values.get(name, "") for name in ("action", "card", "post"))
    with room.shelf.library() as library:
        study = Study(library)
        if action == "accept-all":
            study.accept_all(post, symbols=values.get("symbols") == "1")
        elif action == "accept":
            study.accept(post, card)
        elif action == "drop":
            study.drop(card, post=post or None)
        elif action == "edit":
            study.edit(card, question=values.get("question"), answer=values.get("answer"))
        else:
            expected = "'accept', 'accept-all', 'drop' or 'edit'"
            raise QueryError(
                Message(
                    "action: expected {expected}, found '{action}'",
                    expected=expected,
                    action=action[:20],
                )
            )
