#!/usr/bin/python3 -B
"""systemctl for the units of K3s on a node, as systemd would act: `Type=notify`, `Restart=always`, a journal.

Debian's replacement of systemctl starts a unit and forgets it: it waits for no notification, begins nothing
anew and keeps no journal that could be followed. `systemctl.py boot` starts what is wanted at boot. Each unit
that runs has a process of its own (keeper.py), which is asked by signals: TERM stops the unit.
"""
import fcntl
import glob
import os
import re
import signal
import sys
import time

from keeper import launch
from units import RUN, WANTS, last, path_of, read_unit, refuse, state_of


def wait_for(name, wanted, limit=None):
    until = None if limit is None else time.monotonic() + limit
    while not wanted(state_of(name)):
        if until is not None and time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def locked(name):
    os.makedirs(f'{RUN}/{name}', exist_ok=True)
    lock = open(f'{RUN}/{name}/lock', 'w', encoding='utf-8')
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def begin(name, options):
    with locked(name) as _:
        if state_of(name)['active'] in ('inactive', 'failed'):
            before = state_of(name).get('keeper')
            launch(name)
            wait_for(name, lambda now: now.get('keeper') not in (before, None), 10)
    if '--no-block' in options:
        return 0
    # As systemctl does: an agent counts as started at once, a server when it says so, or never.
    wait_for(name, lambda now: now['active'] in ('active', 'inactive', 'failed') or now['sub'] == 'auto-restart')
    if state_of(name)['active'] == 'active':
        return 0
    sys.stderr.write(f'Job for {name}.service failed because the control process exited with error code.\n')
    return 1


def stop(name):
    with locked(name) as _:
        now = state_of(name)
        if now['active'] not in ('inactive', 'failed'):
            os.kill(now['keeper'], signal.SIGTERM)
            wait_for(name, lambda then: then['active'] in ('inactive', 'failed'))
    return 0


def is_enabled(name):
    return os.path.islink(f'{WANTS}/{name}.service')


def show(name, words):
    unit, now = read_unit(name), state_of(name)
    file_state = '' if unit is None else 'enabled' if is_enabled(name) else 'disabled'
    values = {
        'Type': last(unit or {}, 'Type', 'simple'), 'Restart': last(unit or {}, 'Restart', 'no'),
        'NRestarts': now['restarts'], 'MainPID': now['pid'], 'Result': now['result'],
        'ExecMainStatus': now['status'], 'Id': f'{name}.service',
        'LoadState': 'not-found' if unit is None else 'loaded', 'ActiveState': now['active'],
        'SubState': now['sub'], 'FragmentPath': '' if unit is None else path_of(name), 'UnitFileState': file_state,
    }
    asked = [one for word in words for one in word.split(',')]
    for key, value in values.items():
        if not asked or key in asked:
            print(f'{key}={value}')
    return 0


def change_wanted(name, verb, options):
    link = f'{WANTS}/{name}.service'
    if verb == 'disable':
        if read_unit(name) is None and not os.path.islink(link):
            return refuse(f'Failed to disable unit: Unit file {name}.service does not exist.', 1)
        if os.path.islink(link):
            os.unlink(link)
            sys.stderr.write(f'Removed "{link}".\n')
    else:
        if read_unit(name) is None:
            return refuse(f'Failed to enable unit: Unit file {name}.service does not exist.', 1)
        os.makedirs(WANTS, exist_ok=True)
        if not os.path.islink(link):
            os.symlink(path_of(name), link)
            sys.stderr.write(f'Created symlink {link} \u2192 {path_of(name)}.\n')
    if '--now' in options:
        return begin(name, options) if verb == 'enable' else stop(name)
    return 0


def one_unit(verb, name, options):
    unit, now = read_unit(name), state_of(name)
    quiet = '-q' in options or '--quiet' in options
    if verb in ('start', 'restart', 'try-restart', 'reload-or-restart', 'stop', 'kill', 'enable', 'disable') and os.getuid() != 0:
        return refuse(f'Failed to {verb} {name}.service: Interactive authentication required.', 1)
    if verb in ('start', 'restart', 'reload-or-restart'):
        if unit is None:
            return refuse(f'Failed to {verb} {name}.service: Unit {name}.service not found.', 5)
        if verb != 'start':
            stop(name)
        return begin(name, options)
    if verb == 'try-restart':
        return 0 if now['active'] == 'inactive' else stop(name) or begin(name, options)
    if verb == 'stop':
        if unit is None and now['active'] == 'inactive':
            return refuse(f'Failed to stop {name}.service: Unit {name}.service not loaded.', 5)
        return stop(name)
    if verb in ('enable', 'disable'):
        return change_wanted(name, verb, options)
    if verb == 'is-active':
        if not quiet:
            print(now['active'])
        return 0 if now['active'] == 'active' else 3
    if verb == 'is-enabled':
        if unit is None and not is_enabled(name):
            return refuse(f'Failed to get unit file state for {name}.service: No such file or directory', 1)
        if not quiet:
            print('enabled' if is_enabled(name) else 'disabled')
        return 0 if is_enabled(name) else 1
    if verb == 'cat' and unit is not None:
        print(f'# {path_of(name)}\n{open(path_of(name), encoding="utf-8").read()}')
        return 0
    if verb == 'status' and unit is not None:
        print(f"{name}.service\n   Loaded: loaded ({path_of(name)})\n   Active: {now['active']} ({now['sub']})\n Main PID: {now['pid']}")
        return 0 if now['active'] == 'active' else 3
    return refuse(f'Unit {name}.service could not be found.', 4)


def systemctl(words):
    options, rest = [], []
    words = list(words)
    asked = []
    while words:
        word = words.pop(0)
        if word in ('-p', '--property') and words:
            asked.append(words.pop(0))
        elif word.startswith('--property='):
            asked.append(word.split('=', 1)[1])
        elif word.startswith('-'):
            options.append(word)
        else:
            rest.append(word)
    verb, names = rest[0], [re.sub(r'\.service$', '', one) for one in rest[1:]]
    codes = [show(name, asked) if verb == 'show' else one_unit(verb, name, options) for name in names]
    return max(codes, default=0)


def boot():
    for link in sorted(glob.glob(f'{WANTS}/k3s*.service')):
        begin(re.sub(r'\.service$', '', os.path.basename(link)), ['--no-block'])
    return 0


if __name__ == '__main__':
    sys.exit(boot() if sys.argv[1:] == ['boot'] else systemctl(sys.argv[1:]))
