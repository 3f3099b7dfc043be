"""A client of OMERO.web's JSON API as scripts have them: standard library only.

    web = OmeroWeb("https://omero.example.org").log_in("ada", "secret")
    for project in web.list("projects"):
        print(project["@id"], project["Name"])
"""

import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(f"{status}: {message}")
        self.status = status


class OmeroWeb:
    def __init__(self, url):
        self.url = url.rstrip("/")
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies))
        versions = self.get(self.url + "/api/")["data"]
        self.links = self.get(versions[-1]["url:base"])
        self.event_context = None

    def log_in(self, username, password, server="omero"):
        self.get(self.links["url:token"])  # sets the cookie that is read below
        servers = self.get(self.links["url:servers"])["data"]
        number = next(s["id"] for s in servers if s.get("server") == server)
        form = {"server": number, "username": username, "password": password}
        answer = self.send("POST", self.links["url:login"],
                           urllib.parse.urlencode(form).encode())
        self.event_context = answer["eventContext"]
        return self

    def token(self):
        return next((c.value for c in self.cookies if c.name == "csrftoken"), "")

    def send(self, method, url, body=None, kind="application/x-www-form-urlencoded"):
        headers = {"X-CSRFToken": self.token(), "Referer": self.links["url:login"]}
        if body is not None:
            headers["Content-Type"] = kind
        return self.open(urllib.request.Request(url, body, headers, method=method))

    def open(self, request):
        try:
            with self.opener.open(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                text = error.read().decode()
            try:
                message = json.loads(text)["message"]
            except (ValueError, KeyError):
                message = text
            raise Refused(error.code, message) from None

    def get(self, url, **query):
        if query:
            url += "?" + urllib.parse.urlencode(query)
        return self.open(urllib.request.Request(url))

    def list(self, where, limit=None, **query):
        """Every object of a collection, page by page.
        @param where  "projects", or a link such as project["url:datasets"]."""
        url = where if "://" in where else self.links["url:" + where]
        if limit:
            query["limit"] = limit
        offset = 0
        while True:
            page = self.get(url, **query, offset=offset)
            yield from page["data"]
            offset += page["meta"]["limit"]
            if offset >= page["meta"]["totalCount"]:
                return

    def one(self, where, number, **query):
        url = f"{self.links['url:' + where]}{number}/"
        return self.get(url, **query)["data"]

    def save(self, method, thing, group=None):
        url = self.links["url:save"]
        if group is not None:
            url += f"?group={group}"
        return self.send(method, url, json.dumps(thing).encode(),
                         "application/json")["data"]

    def create(self, kind, name, **fields):
        """@param kind  "Project", "Dataset" or "Screen"."""
        kind = f"{self.links['url:schema']}#{kind}"
        return self.save("POST", {"@type": kind, "Name": name, **fields},
                         self.event_context["groupId"])

    def update(self, thing):
        return self.save("PUT", thing)

    def delete(self, where, number):
        return self.send("DELETE", f"{self.links['url:' + where]}{number}/")["data"]
