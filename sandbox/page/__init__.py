"""The page: the sandbox as a place in the browser. `serve.Page` has the routes; `static/` is what the browser gets.

Everything lives under /page/KEY/, KEY being random. Files: KEY/… (index.html at KEY/). `POST KEY/files`, a form with
the part "file": 200 {id, filename, size, content_type} or 413 {error}. `KEY/socket` speaks JSON:

    → {hello: {now_id}}                       the moment of this page load; the page keeps it as `since`
    ← {id, do: "look", who, place, since}     sit down; null or unknown: the first that fits
    → {view: {key: value, …}}                 the keys whose value changed since the last push to this socket
    → {id, ok: value} or {id, error: words}   always after the push that shows what was done

A push comes at most each 50 ms, and holds whole values: the page draws from them and keeps no copy.

View (ids are texts):

    me          {id, name, label, moderator, dms_open, locale}
    server      {id, name, app: {id, name, label}}
    people      [{id, name, label, bot, role: "moderator" | "member" | "bot", roles: [name]}]
    roles       [{id, name, mentionable}]
    places      [{id, name, kind: "text" | "forum" | "thread" | "private_thread" | "dm", topic, parent_id,
                unread, pinged, archived, joined}]
    place       {id, name, kind, topic, parent_id, older, why_not, pins, slowmode,
                can: {write, attach, react, thread, pin, delete_others, commands};
                a thread: archived, locked, private, joined, owner_id, members, tags;
                a forum: tags, require_tag, posts: [{id, name, owner_id, tags, count, at, archived, pinned, first,
                unread}]}
    messages    [Discord's own JSON, and: private, thinking, silent, pinged_me, mine, by_app, failed]
    clock       {now, walking: {to, label} or null}
    commands    [{id, kind: 1 slash | 2 person | 3 message, name, path, description, app, options}]
    guide       [{id, title, text, done, type, who, place}]

Pictures of other hosts are {blocked: host} in messages, so that the page asks nobody but its own origin.

Actions, with what they answer; OUTCOME is {message: id or null} or {form: {id, title, custom_id, components,
remembered}}, as soon as the app has said anything:

    look {who, place, since} → {who, place}           earlier {} → {}
    command {command, path, options} → OUTCOME        autocomplete {command, path, options, focused} → {choices}
    menu {command, target} → OUTCOME                  press {message, custom_id, values?} → OUTCOME
    submit {form, values} → OUTCOME                   form_left {form, values} → {}
    say {text, files, reply_to, silent} → {message}   edit {message, text} → {}
    delete {message} → {}                             react {message, emoji, on} → {}
    pin {message, on} → {}                            thread {name, message, private} → {place}
    post {name, text, tags, files} → {place}          join {thread, on} → {}
    archive {thread, on} → {}                         clock {by} or {to: "friday", "monday", "wednesday"} → {}
    dms {open} → {}
"""
