"""Organisations, people, the link that works once, and sessions that end."""

from __future__ import annotations

import datetime
import threading

import pytest
from sqlalchemy import func, select

from assessment.services import people
from assessment.services import sessions as signing_in
from assessment.services.errors import LinkUsedUp, NotThere, Refused
from assessment.services.organisations import make_organisation
from assessment.services.permissions import may, units_of
from assessment.services.roles import add_role, colleagues, take_role
from assessment.services.units import (
    DEEPEST,
    change_unit,
    in_order,
    make_unit,
    remove_unit,
    unit_tree,
    units,
)
from assessment.store.ids import new_id
from assessment.store.tables import Person, Role, SessionRow, SignInLink
from tests.databases import counted_statements

NOW = datetime.datetime(2026, 5, 4, 10, 0, tzinfo=datetime.UTC)


def after(**time: float) -> datetime.datetime:
    return NOW + datetime.timedelta(**time)


@pytest.fixture
def works(session):
    return make_organisation(session, "North Works", NOW, "Europe/Berlin")


@pytest.fixture
def ada(session, works):
    return people.invite_person(
        session, works.id, "Ada@Example.org ", "Ada", "administrator", now=NOW
    )


@pytest.fixture
def bea(session, works):
    """A second administrator: the last one cannot be shut out."""
    return people.invite_person(session, works.id, "b@example.org", "Bea", "administrator", now=NOW)


def test_an_organisation_needs_a_name_and_a_real_time_zone(session):
    with pytest.raises(Refused) as caught:
        make_organisation(session, " \x00 ", NOW, "Mars/Olympus")
    assert set(caught.value.fields) == {"name", "time_zone"}
    with pytest.raises(Refused, match="1 too many"):
        make_organisation(session, "x" * 201, NOW)


def test_inviting_twice_is_inviting_once_and_adds_a_role_if_it_is_another(session, works, ada):
    again = people.invite_person(
        session, works.id, "ADA@example.org", "?", "administrator", now=NOW
    )
    assert (again.id, again.name, again.email) == (ada.id, "Ada", "ada@example.org")
    people.invite_person(session, works.id, "ada@example.org", "", "leader", now=NOW)
    assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert sorted(session.scalars(select(Role.role))) == ["administrator", "leader"]


@pytest.mark.parametrize("address", ["ada", "@example.org", "ada@", "a b@example.org", ""])
def test_what_is_no_address_is_refused(session, works, address):
    with pytest.raises(Refused) as caught:
        people.invite_person(session, works.id, address, "Ada", "leader", now=NOW)
    assert list(caught.value.fields) == ["email"]


def test_a_unit_of_another_organisation_is_not_there(session, works):
    strangers = make_organisation(session, "South Works", NOW)
    unit = make_unit(session, strangers.id, "Plant")
    with pytest.raises(NotThere):
        people.invite_person(session, works.id, "b@example.org", "B", "leader", unit.id, now=NOW)
    with pytest.raises(NotThere):
        make_unit(session, works.id, "Shift", unit.id)
    with pytest.raises(NotThere):
        people.deactivate_person(session, strangers.id, new_id())


def test_the_same_unit_again_is_the_same_unit(session, works):
    plant = make_unit(session, works.id, "Plant")
    assert make_unit(session, works.id, " Plant ").id == plant.id
    make_unit(session, works.id, "Shift", plant.id)
    assert [unit.name for unit in units(session, works.id)] == ["Plant", "Shift"]


def test_a_link_lets_in_once(session, ada):
    secret = signing_in.sign_in_link(session, ada, NOW)
    cookie = signing_in.use_link(session, secret, after(minutes=59))
    found = signing_in.person_of_session(session, cookie, after(minutes=60))
    assert found.member.email == "ada@example.org"
    assert may(found.member, "manage_people")
    with pytest.raises(LinkUsedUp):
        signing_in.use_link(session, secret, after(minutes=59))


@pytest.mark.parametrize("secret", ["", "no such link", "é\ud800\x00" * 9])
def test_an_unknown_link_lets_nobody_in(session, ada, secret):
    with pytest.raises(LinkUsedUp):
        signing_in.use_link(session, secret, NOW)


def test_a_link_ends_after_an_hour_and_with_its_person(session, works, ada, bea):
    secret = signing_in.sign_in_link(session, ada, NOW)
    with pytest.raises(LinkUsedUp):
        signing_in.use_link(session, secret, after(minutes=61))
    people.deactivate_person(session, works.id, ada.id)
    with pytest.raises(LinkUsedUp):
        signing_in.use_link(session, secret, NOW)
    assert people.people_of_address(session, "ada@example.org") == []


def test_of_eight_who_use_a_link_at_once_one_gets_in(sessions):
    with sessions() as session:
        works = make_organisation(session, "North Works", NOW)
        ada = people.invite_person(session, works.id, "a@example.org", "A", "leader", now=NOW)
        secret = signing_in.sign_in_link(session, ada, NOW)
        session.commit()
    inside, outside, gate = [], [], threading.Barrier(8, timeout=60)

    def knock():
        gate.wait()
        with sessions() as session:
            try:
                inside.append(signing_in.use_link(session, secret, NOW))
                session.commit()
            except LinkUsedUp:
                outside.append(1)

    knocking = [threading.Thread(target=knock, daemon=True) for _ in range(8)]
    for each in knocking:
        each.start()
    for each in knocking:
        each.join(timeout=60)
    assert (len(inside), len(outside)) == (1, 7)


def signed_in(session, person) -> str:
    return signing_in.use_link(session, signing_in.sign_in_link(session, person, NOW), NOW)


def who(session, cookie, now) -> bool:
    return signing_in.person_of_session(session, cookie, now) is not None


def test_a_session_ends_after_half_an_hour_without_use(session, ada):
    cookie = signed_in(session, ada)
    assert who(session, cookie, after(minutes=29))
    assert not who(session, cookie, after(minutes=30))
    signing_in.note_seen(session, cookie, after(minutes=29))
    assert who(session, cookie, after(minutes=58))
    signing_in.note_seen(session, cookie, after(minutes=90))  # too late to be revived
    assert not who(session, cookie, after(minutes=90))


def test_a_session_ends_after_twelve_hours_of_use(session, ada):
    cookie = signed_in(session, ada)
    for minutes in range(20, 12 * 60, 20):
        signing_in.note_seen(session, cookie, after(minutes=minutes))
    assert who(session, cookie, after(hours=11, minutes=59))
    assert not who(session, cookie, after(hours=12))


@pytest.mark.parametrize("jump", [{"hours": -1}, {"days": 400}])
def test_a_clock_that_jumps_lengthens_no_session(session, ada, jump):
    cookie = signed_in(session, ada)
    assert not who(session, cookie, after(**jump))
    assert who(session, cookie, after(minutes=1))


def test_a_copied_cookie_is_worthless_after_sign_out(session, works, ada, bea):
    first, second = signed_in(session, ada), signed_in(session, ada)
    signing_in.end_session(session, first)
    assert (who(session, first, NOW), who(session, second, NOW)) == (False, True)
    people.deactivate_person(session, works.id, ada.id)
    assert not who(session, second, NOW)


def test_only_hashes_of_secrets_are_kept(session, ada):
    secret = signing_in.sign_in_link(session, ada, NOW)
    cookie = signing_in.use_link(session, secret, NOW)
    kept = [*session.scalars(select(SignInLink.hash)), *session.scalars(select(SessionRow.hash))]
    assert len(kept) == 2
    assert all(len(each) == 32 for each in kept)
    assert secret.encode() not in b"".join(kept) + cookie.encode()


def test_of_very_many_old_sessions_some_are_thrown_away_each_time(session, ada, monkeypatch):
    monkeypatch.setattr(signing_in, "SWEPT_AT_ONCE", 2)
    for _ in range(5):
        signed_in(session, ada)
    left = []
    for _ in range(3):
        signing_in.end_old_sessions(session, after(days=1))
        left.append(session.scalar(select(func.count()).select_from(SessionRow)))
    assert left == [3, 1, 0]


def test_old_sessions_and_links_are_thrown_away(session, ada):
    signed_in(session, ada)
    signing_in.sign_in_link(session, ada, NOW)
    signing_in.end_old_sessions(session, after(minutes=31))
    assert session.scalars(select(SessionRow)).all() == []
    signing_in.end_old_sessions(session, after(hours=2))
    assert session.scalars(select(SignInLink)).all() == []


def test_a_leader_of_a_unit_is_known_with_the_units_below_in_two_statements(engine, session, works):
    plant = make_unit(session, works.id, "Plant")
    shift = make_unit(session, works.id, "Shift", plant.id)
    make_unit(session, works.id, "Office")
    bo = people.invite_person(session, works.id, "b@example.org", "Bo", "leader", plant.id, now=NOW)
    cookie = signed_in(session, bo)
    with counted_statements(engine) as sent:
        found = signing_in.person_of_session(session, cookie, NOW)
    assert units_of(found.member, "see_results") == {plant.id, shift.id}
    assert len(sent) == 2


def test_who_is_signed_in_costs_one_statement(engine, session, ada):
    cookie = signed_in(session, ada)
    with counted_statements(engine) as sent:
        found = signing_in.person_of_session(session, cookie, after(minutes=2))
    assert len(sent) == 1
    assert found.is_due


# Roles, and who is shut out


def roles_of(session, works):
    return {
        each.person.name: [(held.role, held.unit) for held in each.roles]
        for each in colleagues(session, works.id)
    }


def role_id(session, works, name, role):
    [found] = [
        held.id
        for each in colleagues(session, works.id)
        for held in each.roles
        if (each.person.name, held.role) == (name, role)
    ]
    return found


def test_roles_are_given_and_taken_and_twice_is_once(session, works, ada):
    plant = make_unit(session, works.id, "Plant")
    for _ in range(2):
        add_role(session, works.id, ada.id, "leader", plant.id)
    assert roles_of(session, works) == {"Ada": [("administrator", None), ("leader", "Plant")]}
    take_role(session, works.id, ada.id, role_id(session, works, "Ada", "leader"))
    assert roles_of(session, works) == {"Ada": [("administrator", None)]}
    with pytest.raises(Refused) as caught:
        add_role(session, works.id, ada.id, "consultant", plant.id)
    assert list(caught.value.fields) == ["unit"]


def test_the_last_administrator_stays_and_a_shut_out_one_does_not_count(session, works, ada, bea):
    people.deactivate_person(session, works.id, bea.id)
    for deed in (
        lambda: people.deactivate_person(session, works.id, ada.id),
        lambda: take_role(
            session, works.id, ada.id, role_id(session, works, "Ada", "administrator")
        ),
    ):
        with pytest.raises(Refused, match="last administrator"):
            deed()
    take_role(session, works.id, bea.id, role_id(session, works, "Bea", "administrator"))
    people.activate_person(session, works.id, bea.id)
    assert ada.is_active
    assert bea.is_active


def test_of_two_administrators_who_shut_each_other_out_at_once_one_stays(sessions):
    with sessions() as session:
        works = make_organisation(session, "North Works", NOW)
        pair = [
            people.invite_person(
                session, works.id, f"{name}@example.org", name, "administrator", now=NOW
            )
            for name in "ab"
        ]
        session.commit()
    refused, gate = [], threading.Barrier(2, timeout=60)

    def shut_out(person):
        gate.wait()
        with sessions() as session:
            try:
                people.deactivate_person(session, works.id, person.id)
                session.commit()
            except Refused:
                refused.append(person)

    threads = [threading.Thread(target=shut_out, args=[person], daemon=True) for person in pair]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=60)
    assert len(refused) == 1


def test_who_is_shut_out_is_not_let_in_by_an_invitation(session, works, ada, bea):
    people.deactivate_person(session, works.id, bea.id)
    with pytest.raises(Refused, match="shut out"):
        people.invite_person(session, works.id, "b@example.org", "", "leader", now=NOW)


def test_a_role_or_a_person_of_another_organisation_is_not_there(session, works, ada, bea):
    strangers = make_organisation(session, "South Works", NOW)
    theirs = role_id(session, works, "Ada", "administrator")
    for deed in (
        lambda: take_role(session, strangers.id, ada.id, theirs),
        lambda: take_role(session, works.id, bea.id, theirs),
        lambda: add_role(session, strangers.id, ada.id, "leader"),
        lambda: people.activate_person(session, strangers.id, ada.id),
        lambda: people.deactivate_person(session, strangers.id, ada.id),
    ):
        with pytest.raises(NotThere):
            deed()
    assert colleagues(session, strangers.id) == []


# Units


def shape(session, works):
    return [(node.depth, node.unit.name) for node in in_order(unit_tree(session, works.id))]


def test_units_are_a_tree_and_move_with_those_below(session, works):
    plant, office = (make_unit(session, works.id, name) for name in ("Plant", "Office"))
    shift = make_unit(session, works.id, "Shift", plant.id)
    make_unit(session, works.id, "Team", shift.id)
    assert shape(session, works) == [(1, "Plant"), (2, "Shift"), (3, "Team"), (1, "Office")]
    change_unit(session, works.id, shift.id, " Late shift ", office.id)
    assert shape(session, works) == [(1, "Plant"), (1, "Office"), (2, "Late shift"), (3, "Team")]


def test_a_unit_is_never_below_itself_nor_named_like_another_nor_too_deep(session, works):
    above = None
    for depth in range(1, DEEPEST + 1):
        above = make_unit(session, works.id, f"Level {depth}", above and above.id)
    first, *_rest, last = units(session, works.id)
    top = make_unit(session, works.id, "Top")
    for deed, field in (
        (lambda: make_unit(session, works.id, "Too deep", last.id), "parent"),
        (lambda: change_unit(session, works.id, first.id, "Level 1", top.id), "parent"),
        (lambda: change_unit(session, works.id, first.id, "Level 1", last.id), "parent"),
        (lambda: change_unit(session, works.id, first.id, "Level 1", first.id), "parent"),
        (lambda: change_unit(session, works.id, first.id, "Top", None), "name"),
        (lambda: make_unit(session, works.id, "Top", first.id), "name"),
        (lambda: make_unit(session, works.id, "  ", first.id), "name"),
    ):
        with pytest.raises(Refused) as caught:
            deed()
        assert list(caught.value.fields) == [field]
    assert len(units(session, works.id)) == DEEPEST + 1


def test_two_units_that_move_below_each_other_at_once_make_no_circle(sessions):
    with sessions() as session:
        works = make_organisation(session, "North Works", NOW)
        one, other = (make_unit(session, works.id, name) for name in ("One", "Other"))
        session.commit()
    refused, gate = [], threading.Barrier(2, timeout=60)

    def move(unit, below):
        gate.wait()
        with sessions() as session:
            try:
                change_unit(session, works.id, unit.id, unit.name, below.id)
                session.commit()
            except Refused:
                refused.append(unit)

    threads = [
        threading.Thread(target=move, args=pair, daemon=True)
        for pair in ((one, other), (other, one))
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=60)
    assert len(refused) == 1
    with sessions() as session:
        assert [depth for depth, _name in shape(session, works)] == [1, 2]


def test_a_unit_is_taken_away_while_nothing_stands_on_it(session, works, ada):
    plant = make_unit(session, works.id, "Plant")
    shift = make_unit(session, works.id, "Shift", plant.id)
    add_role(session, works.id, ada.id, "leader", shift.id)
    with pytest.raises(Refused, match="stand below"):
        remove_unit(session, works.id, plant.id)
    with pytest.raises(Refused, match="led by Ada"):
        remove_unit(session, works.id, shift.id)
    take_role(session, works.id, ada.id, role_id(session, works, "Ada", "leader"))
    remove_unit(session, works.id, shift.id)
    remove_unit(session, works.id, plant.id)
    assert units(session, works.id) == []
    with pytest.raises(NotThere):
        remove_unit(session, works.id, plant.id)
