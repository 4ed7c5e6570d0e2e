"""The directory over time: which post somebody held on a day."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date

from kc_desktop.domain.directory import PersonPost, post_on
from kc_desktop.domain.people import Person
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import directory as stored


def as_of(workspace: Workspace, people: Mapping[int, Person], day: date | None) -> dict[int, Person]:
    """Return people as papers of a day name them: with the post and organisation they had then.

    Those without a dated post that holds on the day, and everybody where no day is known, stay as they are.
    """
    if day is None or not people:
        return dict(people)
    held: dict[int, list[PersonPost]] = {}
    with workspace.reading() as connection:
        for post in stored.posts_of(connection, people):
            held.setdefault(post.person_id, []).append(post)
    return {number: _as_of(person, held.get(number, []), day) for number, person in people.items()}


def _as_of(person: Person, held: list[PersonPost], day: date) -> Person:
    post = post_on(held, day)
    return person if post is None else dataclasses.replace(person, post=post.post, organisation=post.organisation)
