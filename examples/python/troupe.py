"""A client of Troupe's API in the standard library and numpy.

    lab = Troupe("http://127.0.0.1:4080").log_in("ada", password)
    for image in lab.images(dataset=5):
        plane = lab.pixels(image["id"], z=3, c=0)
        lab.annotate("image", image["id"], tags=["bright"] if plane.mean() > 900 else [])

Answers are the API's own documents as dictionaries: see /api/v1/openapi.json. What the
server refuses is raised as Problem, with its words.
"""

import json
import urllib.error
import urllib.parse
import urllib.request

import numpy

LONGEST = 64 << 20  # bytes of samples in one answer
TYPES = {
    "bit": "u1", "int8": "i1", "uint8": "u1", "int16": "<i2", "uint16": "<u2",
    "int32": "<i4", "uint32": "<u4", "float": "<f4", "double": "<f8",
    "complex": "<c8", "double-complex": "<c16",
}


class Problem(Exception):
    """What the server says when it does not do what it was asked."""

    def __init__(self, status, title, detail):
        super().__init__(f"{status} {title}: {detail}")
        self.status, self.title, self.detail = status, title, detail


class Troupe:
    def __init__(self, url, token=None, timeout=120):
        """token: an API token, instead of log_in()."""
        self.url, self.token, self.timeout = url.rstrip("/"), token, timeout

    # -- requests

    def send(self, method, path, body=None, **query):
        """@returns the answer's headers and bytes. Path below /api/v1/."""
        query = {k: str(v).lower() if isinstance(v, bool) else v
                 for k, v in query.items() if v is not None}
        address = f"{self.url}/api/v1/{path}"
        if query:
            address += "?" + urllib.parse.urlencode(query)
        request = urllib.request.Request(address, method=method)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                return answer.headers, answer.read()
        except urllib.error.HTTPError as refused:
            raise problem_of(refused) from None

    def get(self, path, **query):
        return json.loads(self.send("GET", path, **query)[1])

    def post(self, path, body):
        return json.loads(self.send("POST", path, body)[1] or b"null")

    def items(self, path, **query):
        """Every item of a list, slice by slice as they are needed."""
        after = None
        while True:
            part = self.get(path, after=after, **query)
            yield from part["items"]
            after = part["next"]
            if not after:
                return

    # -- who

    def log_in(self, login, password):
        self.token = self.post("session", {"login": login, "password": password})["token"]
        return self

    def log_out(self):
        self.send("DELETE", "session")
        self.token = None

    # -- what there is

    def projects(self):
        return self.items("projects")

    def datasets(self, project=None):
        """Of a project, or those in none."""
        if project is None:
            return self.items("datasets", orphaned=True)
        return self.items(f"projects/{project}/datasets")

    def images(self, dataset=None):
        """Of a dataset, or those in none."""
        if dataset is None:
            return self.items("images", orphaned=True)
        return self.items(f"datasets/{dataset}/images")

    def image(self, image):
        return self.get(f"images/{image}")

    def search(self, words, **more):
        return self.items("search", q=words, **more)

    # -- samples

    def pixels(self, image, z=0, c=0, t=0, level=0, region=None):
        """Samples of a plane as an array of height x width, exactly as they are stored.

        level: 0 is full size. region: (x, y, width, height) in pixels of that level.
        A plane larger than one answer is read in strips.
        """
        if region is None:
            size = self.image(image)["levels"][level]
            region = (0, 0, size["width"], size["height"])
        x, y, width, height = region
        rows = max(1, min(height, LONGEST // (16 * max(1, width))))
        strips = [self._strip(image, z, c, t, level,
                              (x, top, width, min(rows, y + height - top)))
                  for top in range(y, y + max(1, height), rows)]
        return strips[0] if len(strips) == 1 else numpy.concatenate(strips)

    def _strip(self, image, z, c, t, level, region):
        x, y, width, height = region
        headers, samples = self.send("GET", f"images/{image}/pixels", z=z, c=c, t=t,
                                     level=level, x=x, y=y, width=width, height=height)
        shape = tuple(int(n) for n in headers["Troupe-Shape"].split(","))
        return numpy.frombuffer(samples, TYPES[headers["Troupe-Type"]]).reshape(shape)

    # -- what people say of it

    def annotations(self, kind, id):
        """What is on an object: annotations("image", 3)."""
        return self.get(f"{kind}s/{id}/annotations")["items"]

    def annotate(self, kind, ids, tags=(), pairs=(), comment=None):
        """Puts tags, key-values and a comment on objects of a kind ("image").

        A tag of that text is used again if there is one. pairs: a dictionary, or a list
        of pairs when keys repeat. @returns what was done and what was refused, by id.
        """
        ids = [ids] if isinstance(ids, int) else list(ids)
        known, new = [], []
        for text in tags:
            found = next((t for t in self.items("tags", search=text, sets=False)
                          if t["value"] == text), None)
            if found:
                known.append(found["id"])
            else:
                new.append({"kind": "tag", "value": text})
        if pairs:
            listed = pairs.items() if isinstance(pairs, dict) else pairs
            new.append({"kind": "map", "value": [{"k": str(k), "v": str(v)} for k, v in listed]})
        if comment:
            new.append({"kind": "comment", "value": comment})
        return self.post("annotation-links", {"type": kind, "ids": ids,
                                              "annotations": known, "new": new})

    def rois(self, image):
        return self.items(f"images/{image}/rois")

    def draw(self, image, shapes, name=""):
        """A region of interest of these shapes, which are dictionaries: a "kind" and its
        "geometry" in pixels, such as {"kind": "rectangle", "geometry": [x, y, w, h]}.

        @returns its id, version and the ids of its shapes.
        """
        drawn = self.post(f"images/{image}/rois", {"rois": [{"name": name, "shapes": list(shapes)}]})
        return drawn["created"][0]


def problem_of(refused):
    try:
        said = json.loads(refused.read())
        return Problem(refused.code, said["title"], said["detail"])
    except (ValueError, KeyError, TypeError):
        return Problem(refused.code, refused.reason, "the server says no more")
