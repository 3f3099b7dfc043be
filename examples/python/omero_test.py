"""Runs on a server that holds the small specimens; see tests/python/run.sh.
TROUPE_URL, TROUPE_LOGIN, TROUPE_PASSWORD."""

import contextlib
import io
import json
import os
import unittest
import urllib.request

import omero_walk
from omero_web import OmeroWeb, Refused

URL, LOGIN, PASSWORD = (os.environ["TROUPE_" + name] for name in ("URL", "LOGIN", "PASSWORD"))


def own_api(path, body, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = "Bearer " + token
    request = urllib.request.Request(URL + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


class OmeroScripts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.web = OmeroWeb(URL).log_in(LOGIN, PASSWORD)

    def test_login_tells_who_and_where(self):
        context = self.web.event_context
        self.assertEqual(context["userName"], LOGIN)
        self.assertIn(context["groupId"], context["memberOfGroups"])
        with self.assertRaises(Refused) as refusal:
            OmeroWeb(URL).log_in(LOGIN, "wrong")
        self.assertEqual(refusal.exception.status, 403)

    def test_pages_add_up(self):
        names = [f"page {n}" for n in range(5)]
        made = [self.web.create("Project", name) for name in names]
        listed = [p["Name"] for p in self.web.list("projects", limit=2)]
        self.assertEqual([n for n in listed if n.startswith("page ")], names)
        for project in made:
            self.web.delete("projects", project["@id"])

    def test_a_dataset_is_made_renamed_and_deleted(self):
        made = self.web.create("Dataset", "by script", Description="first")
        dataset = self.web.one("datasets", made["@id"], childCount="true")
        self.assertEqual(dataset["omero:childCount"], 0)
        dataset["Name"] = "renamed"
        self.assertEqual(self.web.update(dataset)["Name"], "renamed")
        self.assertEqual(self.web.one("datasets", made["@id"])["Description"], "first")
        self.assertEqual(self.web.delete("datasets", made["@id"])["Name"], "renamed")
        with self.assertRaises(Refused) as refusal:
            self.web.one("datasets", made["@id"])
        self.assertEqual(str(refusal.exception), f"404: Dataset {made['@id']} not found")

    def test_the_walk_prints_sizes_and_shapes(self):
        image = next(self.web.list("images"))
        token = own_api("/api/v1/session", {"login": LOGIN, "password": PASSWORD})["token"]
        box = {"kind": "rectangle", "geometry": [1, 2, 3, 4]}
        own_api(f"/api/v1/images/{image['@id']}/rois", {"rois": [{"shapes": [box]}]}, token)
        whole = self.web.one("images", image["@id"])
        self.assertIn(["Rectangle"], omero_walk.shapes(self.web, whole))
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            omero_walk.walk(self.web)
        self.assertIn("Specimens (3)", printed.getvalue())
        self.assertIn(f"{image['Name']}: {omero_walk.sizes(image)}", printed.getvalue())


if __name__ == "__main__":
    unittest.main()
