"""Calls and their answers as they travel between the front and the backend: tuples, which pickle quickly."""

from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeAlias

import attrs

from adapters.http.reply import Answered, Reply
from core.entities.resource import Action, Resource
from core.use_cases.call import Call

Message: TypeAlias = tuple[Any, ...]

_rest_of = attrgetter(*[field.name for field in attrs.fields(Call)][2:])
_RESOURCES = MappingProxyType({resource.value: resource for resource in Resource})
_ACTIONS = MappingProxyType({action.word: action for action in Action})


def from_call(call: Call) -> Message:
    """What is sent of a call: all of it."""
    return (call.resource.value, call.action.word, *_rest_of(call))


def to_call(message: Message) -> Call:
    """The call that was sent."""
    resource, action, *rest = message
    return Call(_RESOURCES[resource], _ACTIONS[action], *rest)


def from_answer(answered: Answered) -> Message:
    """What is sent of an answer: all of it."""
    reply = answered.reply
    return (reply.status, reply.headers, reply.body, answered.api_key, answered.partner, answered.error_code)


def to_answer(message: Message) -> Answered:
    """The answer that was sent."""
    status, headers, body, *rest = message
    return Answered(Reply(status, headers, body), *rest)
