"""What an organisation keeps of people, for the tests of the registry."""

from ventanilla.core.definition.model import Field, FieldType, Option, PartyModel


def attribute(name: str, of: FieldType, **more: object) -> Field:
    return Field(name=name, type=of, label=name.title(), **more)  # type: ignore[arg-type]


MODEL = PartyModel(
    attributes={
        of.name: of
        for of in (
            attribute("name", FieldType.TEXT),
            attribute("surname", FieldType.TEXT),
            attribute("company", FieldType.TEXT),
            attribute("document", FieldType.IDENTITY, kinds=("pe.dni", "pe.ce", "passport")),
            attribute("ruc", FieldType.IDENTITY, kinds=("pe.ruc",)),
            attribute("email", FieldType.EMAIL),
            attribute("phone", FieldType.PHONE),
            attribute(
                "size", FieldType.CHOICE, options=(Option(value="micro", label="Microempresa"),)
            ),
            attribute("since", FieldType.DATE),
        )
    },
    lifecycle=("desconocido", "parcial", "registrado"),
    registered=frozenset({"registrado"}),
)
