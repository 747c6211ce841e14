"""Frozen dataclasses that cost a search nothing to make. Imports only ``shown``.

``dataclasses`` brings ``inspect`` with it and compiles every method of every class, together an
eighth of a whole search. ``record`` gives what a search shows the same behaviour without it:
equality, hash, text, slots, an error for who changes a field. To ``dataclasses`` itself
(``fields``, ``replace``, ``asdict``, ``is_dataclass``) they are frozen dataclasses: its description
of a class is made when it is first asked for.
"""

from __future__ import annotations

from operator import attrgetter

from blogkit.results.shown import Shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar, dataclass_transform

    T = TypeVar("T")
else:

    def dataclass_transform(**options: bool) -> Callable[[T], T]:
        """What tells type checkers that a decorator makes dataclasses; it does nothing."""
        return lambda decorator: decorator


class _Described:
    """An attribute of a class that ``dataclasses`` makes, when it is first asked for."""

    def __init__(self, name: str, defaults: dict[str, object]) -> None:
        self._name = name
        self._defaults = defaults
        self._made: object = None

    def __get__(self, instance: object, owner: type) -> object:
        if self._made is None:
            from dataclasses import make_dataclass

            kinds = {
                name: kind
                for of in reversed(owner.__mro__)
                for name, kind in vars(of).get("__annotations__", {}).items()
            }
            fields = [
                (name, kind, self._defaults[name]) if name in self._defaults else (name, kind)
                for name, kind in kinds.items()
            ]
            made = make_dataclass(owner.__name__, fields, frozen=True)
            self._made = getattr(made, self._name)
        return self._made


class _Signature:
    """The signature of a constructor that may not be compiled yet, for who asks."""

    def __init__(self, names: tuple[str, ...], defaults: dict[str, object]) -> None:
        self._fields = names, defaults

    def __get__(self, instance: object, owner: type) -> object:
        from inspect import signature

        whole = signature(_initializer(owner, *self._fields))
        return whole.replace(parameters=list(whole.parameters.values())[1:])


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """The class with slots for its annotated fields, behind those of the record it is made of.

    >>> @record
    ... class Place:
    ...     line: int
    ...     column: int = 1
    >>> Place(3), Place(3) == Place(3, 1), Place(line=2).column
    (Place(line=3, column=1), True, 1)
    """
    base: type = cls.__bases__[0]
    slots = tuple(cls.__annotations__)
    names = (*getattr(base, "__match_args__", ()), *slots)
    own = {key: value for key, value in vars(cls).items() if key not in ("__dict__", "__weakref__")}
    defaults = {name: own.pop(name) for name in slots if name in own}
    defaults = {**getattr(base, "__record_defaults__", {}), **defaults}
    values = _values_of(names)

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def text(self: object) -> str:
        shown = ", ".join(
            f"{name}={value!r}" for name, value in zip(names, values(self), strict=True)
        )
        return f"{type(self).__qualname__}({shown})"

    methods = {
        "__qualname__": cls.__qualname__,
        "__slots__": slots,
        "__record_defaults__": defaults,
        "__match_args__": names,
        "__init__": _first_initializer(names, defaults),
        "__signature__": _Signature(names, defaults),
        "__eq__": equal,
        "__hash__": lambda self: hash(values(self)),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__reduce__": lambda self: (type(self), values(self)),
        "__dataclass_fields__": _Described("__dataclass_fields__", defaults),
        "__dataclass_params__": _Described("__dataclass_params__", defaults),
    }
    if not issubclass(cls, Shown):
        methods["__repr__"] = text
    return type(cls.__name__, cls.__bases__, {**own, **methods})


def changed(instance: T, **values: object) -> T:
    """A record with some of its fields changed, as ``dataclasses.replace`` makes it.

    >>> from blogkit.spans import Span
    >>> changed(Span(1, 2), end=5)
    Span(start=1, end=5)
    """
    cls = type(instance)
    names: tuple[str, ...] = cls.__match_args__  # type: ignore[attr-defined]
    return cls(**{name: getattr(instance, name) for name in names} | values)


def _values_of(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """What gives the values of fields, as a tuple even of one."""
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda self: (get(self),)


def _first_initializer(names: tuple[str, ...], defaults: dict[str, object]) -> Callable[..., None]:
    """A constructor that puts the compiled one in its place: most classes make nothing in a run."""

    def init(self: object, *values: object, **named: object) -> None:
        owner = next(of for of in type(self).__mro__ if vars(of).get("__init__") is init)
        made = _initializer(owner, names, defaults)
        type.__setattr__(owner, "__init__", made)
        made(self, *values, **named)

    return init


def _initializer(
    owner: type, names: tuple[str, ...], defaults: dict[str, object]
) -> Callable[..., None]:
    """A constructor by place or name; compiled, because spans are made by the hundred thousand.

    Slots are set by themselves, which takes half the time of ``object.__setattr__``.
    """
    arguments = ", ".join(
        f"{name}=defaults[{name!r}]" if name in defaults else name for name in names
    )
    body = "; ".join(f"put{place}(self, {name})" for place, name in enumerate(names))
    setters = {f"put{place}": getattr(owner, name).__set__ for place, name in enumerate(names)}
    made: dict[str, Callable[..., None]] = {}
    exec(
        f"def __init__(self, {arguments}): {body}",
        {"defaults": defaults, **setters},
        made,
    )
    return made["__init__"]


def _refuse(self: object, name: str, *value: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field '{name}'")
