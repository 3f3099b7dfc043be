"""Runs on a server that holds the small specimens; see tests/python/run.sh.
TROUPE_URL, TROUPE_LOGIN, TROUPE_PASSWORD, SPECIMENS: the folder they came from."""

import os
import pathlib
import struct
import unittest
import zlib

import numpy

import troupe
from walk import middle_mean


def samples_of_png(path):
    """A 16-bit grey PNG, read without the server's libraries."""
    data, at, packed = path.read_bytes(), 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        chunk = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, *form = struct.unpack(">IIBBBBB", chunk)
            assert form == [16, 0, 0, 0, 0], form
        if kind == b"IDAT":
            packed += chunk
        at += length + 12
    rows = numpy.frombuffer(zlib.decompress(packed), "u1").reshape(height, 1 + 2 * width)
    above, out = bytearray(2 * width), []
    for method, *line in rows.tolist():
        for i in range(len(line)):
            left, corner = (line[i - 2], above[i - 2]) if i > 1 else (0, 0)
            line[i] = (line[i] + predicted(method, left, above[i], corner)) & 255
        above = line
        out.append(line)
    return numpy.array(out, "u1").view(">u2").reshape(height, width)


def predicted(method, left, up, corner):
    if method == 4:
        p = left + up - corner
        return min((left, up, corner), key=lambda x: abs(p - x))
    return (0, left, up, (left + up) // 2)[method]


class Client(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = troupe.Troupe(os.environ["TROUPE_URL"])
        cls.lab.log_in(os.environ["TROUPE_LOGIN"], os.environ["TROUPE_PASSWORD"])
        cls.known = samples_of_png(pathlib.Path(os.environ["SPECIMENS"], "planes/nuclei.png"))

    def find(self, name):
        return next(image for project in self.lab.projects()
                    for dataset in self.lab.datasets(project["id"])
                    for image in self.lab.images(dataset["id"]) if image["name"] == name)

    def test_a_plane_has_the_samples_of_its_file(self):
        plane = self.lab.pixels(self.find("nuclei.png")["id"])
        self.assertEqual(plane.dtype, numpy.dtype("uint16"))
        self.assertEqual(plane.shape, self.known.shape)
        numpy.testing.assert_array_equal(plane, self.known)

    def test_a_plane_of_a_stack_and_a_region_of_it(self):
        stack = self.find("cell culture.ome.tif")
        middle = stack["sizeZ"] // 2  # what the PNG shows, sixteen times as bright
        plane = self.lab.pixels(stack["id"], z=middle, c=0, t=0)
        numpy.testing.assert_array_equal(plane * 16, self.known)
        region = self.lab.pixels(stack["id"], z=middle, region=(30, 50, 70, 20))
        numpy.testing.assert_array_equal(region, plane[50:70, 30:100])
        other = self.lab.pixels(stack["id"], z=middle, c=1, t=1)
        self.assertFalse(numpy.array_equal(other, plane))

    def test_large_planes_are_read_in_strips(self):
        image, longest = self.find("nuclei.png")["id"], troupe.LONGEST
        self.addCleanup(setattr, troupe, "LONGEST", longest)
        troupe.LONGEST = 16 * self.known.shape[1] * 7
        numpy.testing.assert_array_equal(self.lab.pixels(image), self.known)

    def test_lists_come_slice_by_slice(self):
        whole = [i["id"] for i in self.lab.items("images")]
        self.assertGreater(len(whole), 3)
        self.assertEqual([i["id"] for i in self.lab.items("images", limit=2)], whole)

    def test_tags_and_key_values(self):
        stack = self.find("cell culture.ome.tif")["id"]
        pairs = [("Gene", "ACTB"), ("Gene", "TUBB"), ("dose, µM", "0.5")]
        for _ in range(2):  # the tag is made once
            done = self.lab.annotate("image", [stack], tags=["from Python"], pairs=pairs)
            self.assertEqual((done["done"], done["refused"]), ([stack], []))
        found = self.lab.annotations("image", stack)
        self.assertEqual([a["value"] for a in found if a["kind"] == "tag"], ["from Python"])
        self.assertIn([{"k": k, "v": v} for k, v in pairs],
                      [a["value"] for a in found if a["kind"] == "map"])
        self.assertIn(stack, [i["id"] for i in self.lab.search('tag:"from Python"')])

    def test_regions(self):
        stack = self.find("cell culture.ome.tif")["id"]
        shapes = [{"kind": "rectangle", "geometry": [10, 20, 30, 40], "z": 1, "text": "nucleus"},
                  {"kind": "polygon", "geometry": [0, 0, 9, 0, 9, 9]}]
        drawn = self.lab.draw(stack, shapes, name="by hand")
        found = next(r for r in self.lab.rois(stack) if r["id"] == drawn["id"])
        self.assertEqual(found["name"], "by hand")
        self.assertEqual([(s["kind"], s["geometry"], s["z"]) for s in found["shapes"]],
                         [("rectangle", [10, 20, 30, 40], 1), ("polygon", [0, 0, 9, 0, 9, 9], None)])

    def test_what_the_server_refuses_is_raised_in_its_words(self):
        with self.assertRaises(troupe.Problem) as refused:
            self.lab.image(987654321)
        self.assertEqual(refused.exception.status, 404)
        self.assertIn("987654321", refused.exception.detail)
        with self.assertRaises(troupe.Problem) as stranger:
            next(troupe.Troupe(self.lab.url).projects())
        self.assertEqual(stranger.exception.status, 401)

    def test_the_example(self):
        slide = self.find("tissue section.ome.tif")
        self.assertGreater(middle_mean(self.lab, slide), 0)


if __name__ == "__main__":
    unittest.main()
