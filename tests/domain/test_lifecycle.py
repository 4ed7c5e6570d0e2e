"""The life of a project: every state, step and source has an answer, and every life can be led to its end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain import lifecycle
from kc_desktop.domain.lifecycle import FINAL_STATES, LOCAL, NATIONAL, Need, judge
from kc_desktop.domain.programme import SOURCES
from kc_desktop.domain.project import PROJECT_STATES, PROJECT_STEPS, ProjectStep

_STATES = [code for code, _label in PROJECT_STATES]
_STEPS = [code for code, _label in PROJECT_STEPS if code]
_SOURCES = [code for code, _label in SOURCES]


def _recorded(states: list[str], actions: list[str]) -> list[ProjectStep]:
    return [
        ProjectStep(id=number, action=action, from_state=state, state=state, happened_on=date(2023, 1, number))
        for number, (state, action) in enumerate(zip(states, actions, strict=False), start=1)
    ]


@given(
    state=st.sampled_from(_STATES),
    step=st.sampled_from(_STEPS),
    source=st.sampled_from(_SOURCES),
    history=st.lists(st.tuples(st.sampled_from(_STATES), st.sampled_from(_STEPS)), max_size=8),
)
def test_every_state_and_step_is_either_allowed_or_refused_with_a_reason(
    state: str, step: str, source: str, history: list[tuple[str, str]]
) -> None:
    steps = _recorded([each[0] for each in history], [each[1] for each in history])
    verdict = judge(step, state, source, steps)
    assert verdict.is_allowed == (verdict.reason == "")
    assert verdict.is_allowed == (verdict.state in _STATES)
    assert verdict.is_allowed or verdict.reason.endswith(".")


@pytest.mark.parametrize("source", _SOURCES)
@pytest.mark.parametrize("state", _STATES)
def test_all_steps_are_judged_in_every_state_the_usual_one_first(state: str, source: str) -> None:
    judged = lifecycle.verdicts(state, source)
    assert sorted(each.step for each in judged) == sorted(_STEPS)
    usual = lifecycle.usual_next(state, source)
    if usual:
        assert judged[0].step == usual
        assert judged[0].is_allowed
    allowed = [each.is_allowed for each in judged]
    assert allowed == sorted(allowed, reverse=True)


def _reached(source: str) -> set[str]:
    reached, waiting = set(), {"draft"}
    while waiting:
        state = waiting.pop()
        reached.add(state)
        steps = [ProjectStep(id=1, action=each, from_state="running", state=state) for each in ("return", "suspend")]
        found = {each.state for each in lifecycle.verdicts(state, source, steps) if each.is_allowed}
        waiting |= found - reached
    return reached


def test_a_national_project_can_reach_every_state() -> None:
    assert _reached(NATIONAL) == set(_STATES)


def test_a_local_project_can_reach_every_state_but_the_ministrys() -> None:
    assert _reached(LOCAL) == set(_STATES) - {"registered"}


@pytest.mark.parametrize("source", _SOURCES)
@pytest.mark.parametrize("state", _STATES)
def test_only_final_states_have_no_step_that_leads_on(state: str, source: str) -> None:
    leads_on = [each for each in lifecycle.verdicts(state, source) if each.is_allowed and each.state != state]
    assert bool(leads_on) or state in FINAL_STATES


@pytest.mark.parametrize("source", _SOURCES)
def test_the_usual_way_leads_from_draft_to_settled(source: str) -> None:
    way = lifecycle.path(source)
    assert way[0] == "draft"
    assert way[-1] == "settled"
    assert ("registered" in way) == (source == NATIONAL)


def test_a_national_project_is_registered_with_the_ministry_before_it_is_approved() -> None:
    assert judge("approve", "appraising", LOCAL).is_allowed
    assert not judge("approve", "appraising", NATIONAL).is_allowed
    assert judge("approve", "registered", NATIONAL).is_allowed
    assert judge("register", "appraising", LOCAL).reason == "Đăng ký với Bộ chỉ dành cho đề án khuyến công quốc gia."


@pytest.mark.parametrize("level", ["received", "appraising", "registered"])
def test_a_returned_dossier_goes_back_to_the_level_that_returned_it_last(level: str) -> None:
    steps = [
        ProjectStep(id=1, action="return", from_state="surveyed", state="returned", happened_on=date(2023, 3, 1)),
        ProjectStep(id=2, action="resubmit", from_state="returned", state="surveyed", happened_on=date(2023, 3, 2)),
        ProjectStep(id=3, action="return", from_state=level, state="returned", happened_on=date(2023, 3, 2)),
    ]
    assert judge("resubmit", "returned", NATIONAL, steps).state == level


def test_a_suspended_project_goes_on_where_it_stood() -> None:
    steps = [
        ProjectStep(id=1, action="suspend", from_state="contracted", state="suspended", happened_on=date(2023, 5, 1))
    ]
    assert judge("resume", "suspended", LOCAL, steps).state == "contracted"
    assert judge("resume", "suspended", LOCAL).state == "running"


def test_a_project_stopped_before_its_contract_has_nothing_to_settle() -> None:
    early = [ProjectStep(id=1, action="stop", from_state="received", state="stopped", happened_on=date(2023, 5, 1))]
    late = [ProjectStep(id=1, action="stop", from_state="running", state="stopped", happened_on=date(2023, 5, 1))]
    assert not judge("settle", "stopped", LOCAL, early).is_allowed
    assert judge("settle", "stopped", LOCAL, late).is_allowed


@pytest.mark.parametrize("step", ["return", "reject", "adjust", "extend", "suspend", "stop"])
def test_what_leaves_the_usual_way_needs_a_reason(step: str) -> None:
    rule = lifecycle.rule_of(step, NATIONAL)
    assert rule is not None
    assert Need.REASON in rule.needs
    assert rule.is_exception


def test_approval_tells_its_decision_and_its_amount() -> None:
    rule = lifecycle.rule_of("approve", LOCAL)
    assert rule is not None
    assert rule.fields == (Need.DOCUMENT, Need.SIGNER, Need.AMOUNT)


@given(days=st.lists(st.dates(date(2020, 1, 1), date(2025, 12, 31)), min_size=1, max_size=6))
def test_a_step_never_happens_before_the_last_one(days: list[date]) -> None:
    steps = [
        ProjectStep(id=number, action="advance", state="running", happened_on=on) for number, on in enumerate(days)
    ]
    last = max(days)
    assert lifecycle.day_problem(last, steps) == ""
    assert "không thể sớm hơn" in lifecycle.day_problem(last - timedelta(days=1), steps)


def test_a_day_ahead_is_told() -> None:
    assert lifecycle.day_warning(date(2023, 5, 2), date(2023, 5, 1))
    assert not lifecycle.day_warning(date(2023, 5, 1), date(2023, 5, 1))


def test_a_project_beside_the_usual_way_stands_where_it_left_it() -> None:
    steps = [ProjectStep(id=1, action="suspend", from_state="running", state="suspended", happened_on=date(2023, 5, 1))]
    way = lifecycle.path(LOCAL)
    assert way[lifecycle.place_on_path("suspended", LOCAL, steps)] == "running"
    assert lifecycle.place_on_path("stopped", LOCAL) == 0


def test_papers_are_gathered_for_the_next_step_and_for_money() -> None:
    assert lifecycle.prepared_steps("running", NATIONAL) == ("accept", "advance")
    assert lifecycle.prepared_steps("accepted", NATIONAL) == ("pay", "advance", "advance_rest", "settle")
    assert lifecycle.prepared_steps("settled", NATIONAL) == ()
