"""The event store as the Python client sees it."""

import os
import unittest
from uuid import uuid4

from kurrentdbclient import KurrentDBClient, NewEvent, StreamState
from kurrentdbclient.events import CaughtUp, Checkpoint
from kurrentdbclient.exceptions import (
    AccessDeniedError,
    MaximumAppendSizeExceededError,
    NotFoundError,
    StreamIsDeletedError,
    WrongCurrentVersionError,
)

ANY, NO_STREAM, EXISTS = StreamState.ANY, StreamState.NO_STREAM, StreamState.EXISTS


def connect(variable: str) -> KurrentDBClient:
    """A client of a store that run.sh started."""
    return KurrentDBClient(f"kurrentdb://{os.environ[variable]}?Tls=false")


def fresh(name: str) -> str:
    """A stream that no other test has used."""
    return f"{name}-{uuid4()}"


def events(start: int, end: int, kind: str = "tested.v1") -> list[NewEvent]:
    """Events with a number in each."""
    return [NewEvent(type=kind, data=str(number).encode()) for number in range(start, end)]


def numbers(found) -> list[int]:
    """The numbers in events made by events()."""
    return [int(event.data) for event in found]


class StoreCase(unittest.TestCase):
    """Holds a client of each store."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.client = connect("STORE_ADDRESS")
        cls.deleting = connect("DELETING_STORE_ADDRESS")

    @classmethod
    def tearDownClass(cls) -> None:
        cls.client.close()
        cls.deleting.close()


class Appending(StoreCase):
    def test_every_field_of_an_event_survives(self) -> None:
        stream = fresh("举报")
        event = NewEvent(
            type="案件.v1",
            data='{"地址":"河西路"}'.encode(),
            metadata=b'{"by":"x"}',
            id=uuid4(),
        )
        binary = NewEvent(
            type="blob.v1", data=b"\x00\x9f", content_type="application/octet-stream"
        )
        position = self.client.append_to_stream(
            stream, events=[event, binary], current_version=NO_STREAM
        )
        first, second = self.client.get_stream(stream)
        self.assertEqual((first.id, first.type), (event.id, "案件.v1"))
        self.assertEqual((first.data, first.metadata), (event.data, event.metadata))
        self.assertEqual((first.stream_name, first.stream_position), (stream, 0))
        self.assertEqual(first.content_type, "application/json")
        self.assertEqual((second.data, second.stream_position), (b"\x00\x9f", 1))
        self.assertEqual(second.content_type, "application/octet-stream")
        self.assertEqual(second.commit_position, position)
        self.assertLessEqual(first.recorded_at, second.recorded_at)

    def test_expectations_are_checked(self) -> None:
        stream = fresh("expected")
        append = self.client.append_to_stream
        for expected in (3, EXISTS):
            with self.assertRaises(WrongCurrentVersionError) as refused:
                append(stream, events=events(0, 1), current_version=expected)
            self.assertEqual(refused.exception.actual_version, NO_STREAM)
        append(stream, events=events(0, 2), current_version=NO_STREAM)
        for expected in (NO_STREAM, 0, 2):
            with self.assertRaises(WrongCurrentVersionError) as refused:
                append(stream, events=events(2, 3), current_version=expected)
            self.assertEqual(refused.exception.actual_version, 1)
        append(stream, events=events(2, 3), current_version=1)
        append(stream, events=events(3, 4), current_version=EXISTS)
        append(stream, events=events(4, 5), current_version=ANY)
        self.assertEqual(numbers(self.client.get_stream(stream)), [0, 1, 2, 3, 4])
        self.assertEqual(self.client.get_current_version(stream), 4)

    def test_a_repetition_gets_the_first_answer(self) -> None:
        stream = fresh("again")
        append = self.client.append_to_stream
        first, second = events(0, 2), events(2, 4)
        answers = [
            append(stream, events=first, current_version=NO_STREAM),
            append(stream, events=second, current_version=1),
        ]
        self.assertEqual(append(stream, events=first, current_version=NO_STREAM), answers[0])
        self.assertEqual(append(stream, events=first, current_version=ANY), answers[0])
        self.assertEqual(append(stream, events=second, current_version=1), answers[1])
        self.assertEqual(append(stream, events=second, current_version=EXISTS), answers[1])
        mixed = [first[0], *events(9, 10)]
        for expected in (NO_STREAM, ANY):
            with self.assertRaises(WrongCurrentVersionError):
                append(stream, events=mixed, current_version=expected)
        self.assertEqual(numbers(self.client.get_stream(stream)), [0, 1, 2, 3])

    def test_one_event_alone_is_appended_by_itself(self) -> None:
        # A list goes to BatchAppend, one event to Append.
        stream = fresh("alone")
        append = self.client.append_to_stream
        (first,), (second,) = events(0, 1), events(1, 2)
        with self.assertRaises(WrongCurrentVersionError) as refused:
            append(stream, events=first, current_version=3)
        self.assertEqual(refused.exception.actual_version, NO_STREAM)
        answer = append(stream, events=first, current_version=NO_STREAM)
        self.assertEqual(append(stream, events=first, current_version=NO_STREAM), answer)
        self.assertEqual(append(stream, events=first, current_version=ANY), answer)
        append(stream, events=second, current_version=0)
        for expected in (NO_STREAM, 0):
            with self.assertRaises(WrongCurrentVersionError) as refused:
                append(stream, events=events(2, 3)[0], current_version=expected)
            self.assertEqual(refused.exception.actual_version, 1)
        append(stream, events=events(2, 3)[0], current_version=EXISTS)
        self.assertEqual(numbers(self.client.get_stream(stream)), [0, 1, 2])

    def test_an_append_that_is_too_large_is_refused(self) -> None:
        large = NewEvent(type="large.v1", data=b"x" * 1_100_000)
        with self.assertRaises(MaximumAppendSizeExceededError):
            self.client.append_to_stream(
                fresh("large"), events=[large], current_version=ANY
            )

    def test_a_long_append_is_one(self) -> None:
        stream = fresh("long")
        self.client.append_to_stream(
            stream, events=events(0, 1_500), current_version=NO_STREAM
        )
        self.assertEqual(numbers(self.client.get_stream(stream)), list(range(1_500)))


class Reading(StoreCase):
    def test_reads_go_both_ways_from_anywhere(self) -> None:
        stream = fresh("ways")
        self.client.append_to_stream(stream, events=events(0, 9), current_version=ANY)
        get = self.client.get_stream
        self.assertEqual(numbers(get(stream, stream_position=7)), [7, 8])
        self.assertEqual(numbers(get(stream, limit=2)), [0, 1])
        self.assertEqual(numbers(get(stream, backwards=True, limit=2)), [8, 7])
        self.assertEqual(
            numbers(get(stream, stream_position=1, backwards=True)), [1, 0]
        )

    def test_a_stream_that_does_not_exist_is_not_found(self) -> None:
        with self.assertRaises(NotFoundError):
            self.client.get_stream(fresh("none"))
        self.assertEqual(self.client.get_current_version(fresh("none")), NO_STREAM)

    def test_everything_can_be_filtered(self) -> None:
        kind = fresh("kind")
        stream = fresh("filtered")
        start = self.client.get_commit_position()
        self.client.append_to_stream(stream, events=events(0, 2), current_version=ANY)
        self.client.append_to_stream(
            stream, events=events(2, 4, kind), current_version=ANY
        )

        def read(**options) -> list[int]:
            found = self.client.read_all(commit_position=start, **options)
            return numbers(event for event in found if event.stream_name == stream)

        self.assertEqual(read(), [0, 1, 2, 3])
        self.assertEqual(read(filter_include=[kind]), [2, 3])
        self.assertEqual(read(filter_exclude=[kind]), [0, 1])
        self.assertEqual(
            read(filter_include=[stream], filter_by_stream_name=True), [0, 1, 2, 3]
        )
        self.assertEqual(
            read(filter_include=[kind[:20]], filter_by_prefix=True), [2, 3]
        )

    def test_everything_is_read_backwards(self) -> None:
        stream = fresh("backwards")
        append = self.client.append_to_stream
        middle = append(stream, events=events(0, 2), current_version=ANY)
        append(stream, events=events(2, 4), current_version=ANY)
        read = self.client.read_all
        self.assertEqual(numbers(read(backwards=True, limit=2)), [3, 2])
        found = read(commit_position=middle, backwards=True, limit=2)
        self.assertEqual([event.stream_name for event in found], [stream] * 2)

    def test_a_client_that_discovers_its_cluster_finds_the_one_node(self) -> None:
        address = os.environ["STORE_ADDRESS"]
        client = KurrentDBClient(f"kurrentdb+discover://{address}?Tls=false")
        self.addCleanup(client.close)
        stream = fresh("discovered")
        client.append_to_stream(stream, events=events(0, 2), current_version=NO_STREAM)
        self.assertEqual(numbers(client.get_stream(stream)), [0, 1])

    def test_the_newest_position_is_known(self) -> None:
        position = self.client.append_to_stream(
            fresh("newest"), events=events(0, 1), current_version=ANY
        )
        self.assertEqual(self.client.get_commit_position(), position)

    def test_metadata_is_kept(self) -> None:
        stream = fresh("metadata")
        self.client.append_to_stream(stream, events=events(0, 5), current_version=ANY)
        self.assertEqual(self.client.get_stream_metadata(stream), ({}, NO_STREAM))
        metadata = {"mine": "x"}
        self.client.set_stream_metadata(stream, metadata=metadata)
        self.assertEqual(self.client.get_stream_metadata(stream), (metadata, 0))
        with self.assertRaises(AccessDeniedError):
            self.client.set_stream_metadata(stream, metadata={"$maxCount": 2})
        self.assertEqual(numbers(self.client.get_stream(stream)), [0, 1, 2, 3, 4])

    def test_where_it_may_hide_events_metadata_is_honoured(self) -> None:
        stream = fresh("bounded")
        store = self.deleting
        store.append_to_stream(stream, events=events(0, 5), current_version=ANY)
        metadata = {"$maxCount": 2, "mine": "x"}
        store.set_stream_metadata(stream, metadata=metadata)
        self.assertEqual(store.get_stream_metadata(stream), (metadata, 0))
        self.assertEqual(numbers(store.get_stream(stream)), [3, 4])


class Subscribing(StoreCase):
    def test_a_stream_is_followed_from_its_start(self) -> None:
        stream = fresh("followed")
        self.client.append_to_stream(stream, events=events(0, 3), current_version=ANY)
        found = []
        with self.client.subscribe_to_stream(stream, include_caught_up=True) as items:
            for item in items:
                if isinstance(item, CaughtUp):
                    self.assertEqual(found, [0, 1, 2])
                    self.client.append_to_stream(
                        stream, events=events(3, 5), current_version=2
                    )
                else:
                    found.append(int(item.data))
                if len(found) == 5:
                    break
        self.assertEqual(found, [0, 1, 2, 3, 4])

    def test_a_position_to_start_after_is_not_delivered_again(self) -> None:
        stream = fresh("resumed")
        self.client.append_to_stream(stream, events=events(0, 4), current_version=ANY)
        with self.client.subscribe_to_stream(stream, stream_position=1) as items:
            found = [int(next(items).data) for _ in range(2)]
        self.assertEqual(found, [2, 3])

    def test_everything_is_followed_with_checkpoints(self) -> None:
        start = self.client.get_commit_position()
        kind = fresh("kind")
        stream = fresh("checked")
        self.client.append_to_stream(stream, events=events(0, 30), current_version=ANY)
        self.client.append_to_stream(
            stream, events=events(30, 31, kind), current_version=ANY
        )
        checkpoints, found = [], []
        with self.client.subscribe_to_all(
            commit_position=start,
            filter_include=[kind],
            include_checkpoints=True,
            window_size=10,
            checkpoint_interval_multiplier=1,
        ) as items:
            for item in items:
                if isinstance(item, Checkpoint):
                    checkpoints.append(item.commit_position)
                else:
                    found.append(int(item.data))
                    break
        self.assertEqual(found, [30])
        self.assertEqual(checkpoints, [start + 10, start + 20, start + 30])

    def test_everything_is_followed_until_it_has_caught_up_and_on(self) -> None:
        stream = fresh("everything")
        start = self.client.get_commit_position()
        self.client.append_to_stream(stream, events=events(0, 2), current_version=ANY)
        found, caught_up = [], False
        with self.client.subscribe_to_all(
            commit_position=start, include_caught_up=True
        ) as items:
            for item in items:
                if isinstance(item, CaughtUp):
                    caught_up = True
                    self.client.append_to_stream(
                        stream, events=events(2, 3), current_version=1
                    )
                elif item.stream_name == stream:
                    found.append(int(item.data))
                if len(found) == 3:
                    break
        self.assertTrue(caught_up)
        self.assertEqual(found, [0, 1, 2])

    def test_from_the_end_only_what_is_new(self) -> None:
        stream = fresh("new")
        with self.client.subscribe_to_all(from_end=True) as items:
            self.client.append_to_stream(
                stream, events=events(7, 8), current_version=ANY
            )
            self.assertEqual(next(items).stream_name, stream)


class Deleting(StoreCase):
    def test_by_default_nothing_can_be_deleted(self) -> None:
        stream = fresh("kept")
        self.client.append_to_stream(stream, events=events(0, 1), current_version=ANY)
        for remove in (self.client.delete_stream, self.client.tombstone_stream):
            with self.assertRaises(AccessDeniedError):
                remove(stream, current_version=ANY)
        self.assertEqual(numbers(self.client.get_stream(stream)), [0])

    def test_a_deleted_stream_may_begin_again(self) -> None:
        stream = fresh("deleted")
        append = self.deleting.append_to_stream
        append(stream, events=events(0, 2), current_version=NO_STREAM)
        with self.assertRaises(WrongCurrentVersionError):
            self.deleting.delete_stream(stream, current_version=7)
        self.deleting.delete_stream(stream, current_version=1)
        with self.assertRaises(NotFoundError):
            self.deleting.get_stream(stream)
        append(stream, events=events(2, 3), current_version=NO_STREAM)
        (event,) = self.deleting.get_stream(stream)
        self.assertEqual((int(event.data), event.stream_position), (2, 2))

    def test_a_tombstoned_stream_is_gone_for_ever(self) -> None:
        stream = fresh("举报")
        append = self.deleting.append_to_stream
        append(stream, events=events(0, 2), current_version=NO_STREAM)
        self.deleting.tombstone_stream(stream, current_version=1)
        with self.assertRaises(StreamIsDeletedError):
            self.deleting.get_stream(stream)
        with self.assertRaises(StreamIsDeletedError):
            append(stream, events=events(2, 3), current_version=ANY)

    def test_what_does_not_exist_cannot_be_deleted_at_a_version(self) -> None:
        with self.assertRaises(NotFoundError):
            self.deleting.delete_stream(fresh("none"), current_version=3)


class Persistent(StoreCase):
    def test_there_are_none(self) -> None:
        self.assertEqual(list(self.client.list_subscriptions()), [])


if __name__ == "__main__":
    unittest.main()
