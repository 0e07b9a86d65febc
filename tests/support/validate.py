# Judges documents by JSON Schemas with the library jsonschema of Python.
# Standard input: {"schemas": {address: schema}, "cases": [[address, document], …]}. Standard output: one boolean a case.
import json
import sys

from jsonschema import Draft202012Validator

try:
    from referencing import Registry

    def validator(schema, schemas):
        return Draft202012Validator(schema, registry=Registry().with_contents(schemas.items()))
except ImportError:  # before 4.18
    from jsonschema import RefResolver

    def validator(schema, schemas):
        return Draft202012Validator(schema, resolver=RefResolver.from_schema(schema, store=schemas))


given = json.load(sys.stdin)
schemas = given["schemas"]
validators = {}
for address in {address for address, _ in given["cases"]}:
    Draft202012Validator.check_schema(schemas[address])
    validators[address] = validator(schemas[address], schemas)
print(json.dumps([validators[address].is_valid(document) for address, document in given["cases"]]))
