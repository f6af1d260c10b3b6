"""Validates the recipes that need a service against its published schema.

    python3 schemas.py WHEELS RECIPES

WHEELS holds the two packages of schemas.txt, of which only the schemas are
used. Each recipe is also spoilt, and must then be refused.
"""
import copy
import glob
import json
import sys
import zipfile

import jsonschema
import yaml

KUBERNETES = "kubernetes_validate/kubernetes-json-schema/v1.31.0-local-strict/"
VENDOR = "check_jsonschema/builtin_schemas/vendor/"


class Loader(yaml.SafeLoader):
    """YAML 1.2: `on` is a word."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(wheels, package, folder, name):
    archive = zipfile.ZipFile(glob.glob(f"{wheels}/{package}-*.whl")[0])

    def load(uri):
        return json.loads(archive.read(folder + uri.rsplit("/", 1)[-1].split("#")[0]))

    schema = load(name)
    resolver = jsonschema.RefResolver(f"wheel:/{name}", schema, 
                                     handlers=dict.fromkeys(("wheel", "http", "https"), load))
    return jsonschema.validators.validator_for(schema)(schema, resolver=resolver)


def main():
    wheels, recipes = sys.argv[1:]
    bad = 0
    for name, package, folder, schema, spoil in [
        ("github-actions.yml", "check_jsonschema", VENDOR, "github-workflows.json",
         lambda d: d["jobs"]["part"].pop("runs-on")),
        ("gitlab-ci.yml", "check_jsonschema", VENDOR, "gitlab-ci.json",
         lambda d: d["volumes"].update(parallel="many")),
        ("kubernetes-job.yaml", "kubernetes_validate", KUBERNETES, "job-batch-v1.json",
         lambda d: d["spec"].update(completion=8)),
    ]:
        judge = validator(wheels, package, folder, schema)
        recipe = yaml.load(open(f"{recipes}/{name}", encoding="utf-8"), Loader)
        for error in judge.iter_errors(recipe):
            print(f"{name}: {'/'.join(map(str, error.path))}: {error.message}")
            bad += 1
        spoilt = copy.deepcopy(recipe)
        spoil(spoilt)
        if judge.is_valid(spoilt):
            print(f"{name}: is let pass when it is spoilt")
            bad += 1
    return 1 if bad else 0


sys.exit(main())
