# shop/mail.py
def send_invoice(order, recipients=None):
    recipients = [] if recipients is None else recipients
    recipients.append(order.customer.email)


def copied(order, recipients=[]):
    recipients = list(recipients)
    recipients.append(order.customer.email)


def read(order, fields=["name"], options={}):
    return [getattr(order, field) for field in fields], options.get("lang"), {**options, "order": order}


def handed_on(order, recipients=[]):
    return send(order, to=recipients)


def emptied(order, seen=set()):
    seen.add(order.pk)
    send(order)
    seen.clear()


def taken(order, context={}):
    context["order"] = order
    send(order, context=context)
    del context["order"]


def location(_cache=[]):
    if _cache:
        return _cache[0]
    _cache.append(send("location"))
    return _cache[0]


def tree(order):
    def flatten(node, nodes=[]):
        nodes.append(node.pk)
        for child in node.children:
            flatten(child, nodes)
        return nodes

    return flatten(order)


def converted(values={}):
    if "start" in values:
        values["start"] = str(values["start"])
    return dict(values)


def marked(menu={}):
    menu["url"] = menu["url"] + "?open=1"
    return True


def link(order, seen=[]):
    # Lists have no add(): whoever calls it passes a set.
    seen.add(order.pk)


def succeed(context={}):
    context["success"] = True
    return render(context)


def render_rows(rows, context={}):
    if "request" in context and "options" not in context:
        context["options"] = context["request"].GET["options"]
    return render(context, rows)


DEFAULTS = {"format": "json", "limit": 100}


def call(path, params={}):
    params.update(DEFAULTS)
    return fetch(path, params)


def call_again(path, params={}):
    params |= {"format": "json"}
    return fetch(path, params)


def signature(path):
    if path.startswith("/v2/"):
        return {"version": 2, "format": "json"}
    return {}


def client(path, params={}):
    params |= signature(path)
    return connect(path, params)


def menu_of(app, entries=[]):
    for page in app.pages:
        entries.append(page.title)
        menu_of(page, entries)
    return entries


MENU = menu_of(app)


def toggled(option, chosen=[]):
    if option in chosen:
        chosen.remove(option)
    else:
        chosen.append(option)
    return chosen


def holidays(fetched=[]):
    if fetched and isinstance(fetched, list):
        return fetched
    for day in connect("holidays", {}):
        fetched.append(day)
    return fetched


class Backend:
    def __reduce__(self, args=(), kwargs={}):
        kwargs.update(dict(servers=self.servers, options=self.options))
        return type(self), args, kwargs
