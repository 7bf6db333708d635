"""Units of K3s on a node: what their files say, and how each stands. See systemctl.py."""
import json
import os
import re
import sys

UNITS = '/etc/systemd/system'
WANTS = f'{UNITS}/multi-user.target.wants'
RUN = '/run/rack-units'
JOURNAL = '/var/log/journal'
NOTHING = {'active': 'inactive', 'sub': 'dead', 'pid': 0, 'restarts': 0, 'result': 'success', 'status': 0}


def path_of(name):
    return f'{UNITS}/{name}.service'


def read_unit(name):
    """Values of [Service] and [Install] by key, each a list. None: there is no such unit."""
    try:
        text = open(path_of(name), encoding='utf-8').read()
    except OSError:
        return None
    values = {}
    for line in text.replace('\\\n', ' ').split('\n'):
        match = re.match(r'\s*([A-Za-z]+)\s*=\s*(.*?)\s*$', line)
        if match and not line.lstrip().startswith(('#', ';')):
            values.setdefault(match[1], []).append(match[2])
    return values


def last(unit, key, default):
    return (unit.get(key) or [default])[-1]


def seconds(text, default):
    match = re.match(r'^(\d+(?:\.\d+)?)(ms|s|min)?$', text)
    return float(match[1]) * {'ms': 0.001, 'min': 60}.get(match[2], 1) if match else default


def state_of(name):
    try:
        state = json.load(open(f'{RUN}/{name}/state.json', encoding='utf-8'))
    except (OSError, ValueError):
        return dict(NOTHING)
    # Whoever looked after it was killed: then nobody knows better than that it is gone.
    return state if is_alive(state['keeper']) or state['active'] in ('inactive', 'failed') else dict(NOTHING)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid > 0


def refuse(text, code):
    sys.stderr.write(text + '\n')
    return code
