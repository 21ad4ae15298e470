import re
import uuid
from concurrent.futures import ThreadPoolExecutor

from adapters.system.ids import SystemIds
from core.entities.api_key import make_secret, well_formed


def test_an_id_is_a_version_7_uuid_that_carries_the_time() -> None:
    moment = 1_777_586_400_123_456_789

    made = uuid.UUID(SystemIds(lambda: moment).new_id())

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == moment // 1_000_000
    assert (made.int >> 64) & 0xFFF == 456_789 * 4096 // 1_000_000


def test_ids_rise_although_the_clock_stands_still_or_steps_back() -> None:
    moments = iter([5_000_000_000_000] * 5000 + [1_000_000_000_000] * 5000)
    ids = SystemIds(lambda: next(moments))

    made = [ids.new_id() for _ in range(10_000)]

    assert made == sorted(set(made))


def test_ids_are_unique_across_threads_and_rise_within_each() -> None:
    ids = SystemIds()

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: [ids.new_id() for _ in range(500)], range(8)))

    assert len({id for some in made for id in some}) == 4000
    assert all(some == sorted(some) for some in made)


def test_ids_of_one_moment_differ_in_their_random_part() -> None:
    one, other = SystemIds(lambda: 0).new_id(), SystemIds(lambda: 0).new_id()

    assert one != other


def test_a_secret_is_letters_and_digits_of_at_least_128_bits_and_fits_into_a_key() -> None:
    secret = SystemIds().new_secret()

    assert re.fullmatch(r"[A-Za-z0-9]{22,}", secret)
    assert well_formed(make_secret(secret, test=False))
    assert SystemIds().new_secret() != secret


def test_many_at_once_are_as_many_in_their_order_before_the_next() -> None:
    ids = SystemIds()

    many = ids.new_ids(10_000)

    assert len(set(many)) == 10_000
    assert sorted(many) == many
    assert ids.new_id() > many[-1]
