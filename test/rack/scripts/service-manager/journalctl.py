#!/usr/bin/python3 -B
"""journalctl for the units of K3s on a node: one at a time, with a cursor and following. See systemctl.py."""
import os
import re
import sys
import time

from units import JOURNAL, refuse


def journalctl(words):
    units, lines, output, after, cursor, follow = [], None, 'short', None, False, False
    words = list(words)
    while words:
        word, is_set, value = words.pop(0).partition('=')
        take = lambda: value if is_set else words.pop(0)
        if word in ('-u', '--unit'):
            units.append(re.sub(r'\.service$', '', take()))
        elif word in ('-n', '--lines'):
            lines = int(take())
        elif word in ('-o', '--output'):
            output = take()
        elif word == '--after-cursor':
            after = take()
        elif word == '--show-cursor':
            cursor = True
        elif word in ('-f', '--follow'):
            follow = True
        elif word not in ('--no-pager', '-q', '--quiet', '-b', '--boot', '-a', '--all'):
            return refuse(f"journalctl: unrecognized option '{word}'", 1)
    if len(units) != 1:
        return refuse('This journal knows the units of K3s, one at a time.', 1)
    return print_journal(units[0], {'lines': lines, 'output': output, 'after': after, 'cursor': cursor, 'follow': follow})


def print_journal(name, asked):
    file = f'{JOURNAL}/{name}.lines'
    text = open(file, 'rb').read() if os.path.exists(file) else b''
    whole = text[: text.rfind(b'\n') + 1]
    match = re.match(r'^s=rack;o=(\d+)$', asked['after'] or '')
    if asked['after'] and not match:
        return refuse('Failed to seek to cursor: Invalid argument', 1)
    start = int(match[1]) if match else 0
    entries, at = [], start
    for line in whole[start:].splitlines(keepends=True):
        at += len(line)
        entries.append((at, line))
    if asked['lines'] is not None:
        # Behind a cursor it counts from there, else from the end.
        count = asked['lines']
        shown = entries[:count] if match else entries[len(entries) - min(count, len(entries)):]
    else:
        shown = entries
    for _, line in shown:
        print_entry(line, asked['output'])
    if not shown and asked['lines'] != 0:
        print('-- No entries --')
    place = shown[-1][0] if shown else len(whole) if not match else start
    if asked['cursor'] and (shown or match or whole):
        print(f'-- cursor: s=rack;o={place}')
    sys.stdout.flush()
    while asked['follow']:
        time.sleep(0.1)
        with open(file, 'rb') as source:
            source.seek(place)
            for line in source:
                place += len(line)
                print_entry(line, asked['output'])
        sys.stdout.flush()
    return 0


def print_entry(line, output):
    stamp, _, rest = line.decode('utf-8', 'replace').rstrip('\n').partition(' ')
    if output == 'cat':
        print(rest.partition(']: ')[2])
        return
    when = time.strftime('%b %d %H:%M:%S' if output == 'short' else '%Y-%m-%dT%H:%M:%S+0000', time.gmtime(int(stamp) / 1e6))
    print(f'{when} {os.uname().nodename} {rest}')


if __name__ == '__main__':
    sys.exit(journalctl(sys.argv[1:]))
