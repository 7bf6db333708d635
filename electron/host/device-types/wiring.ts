import { type LibraryDocument, portListNames } from './library-document.ts';

interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What no type can be: a name twice, a front port that leads nowhere, an outlet fed by nothing. */
export function wiringFault(document: LibraryDocument): Fault | undefined {
  return twiceNamed(document) ?? deadFront(document) ?? unfedOutlet(document);
}

function twiceNamed(document: LibraryDocument): Fault | undefined {
  for (const list of portListNames) {
    const seen = new Set<string>();
    for (const [index, { name }] of document[list].entries()) {
      if (seen.has(name)) return { path: [list, index, 'name'], message: `“${name}” stands twice` };
      seen.add(name);
    }
  }
  return undefined;
}

function deadFront(document: LibraryDocument): Fault | undefined {
  const rears = new Map(document['rear-ports'].map((port) => [port.name, port]));
  const taken = new Set<string>();
  for (const [index, front] of document['front-ports'].entries()) {
    if (front.rear_port === null) continue;
    const path = ['front-ports', index, 'rear_port'];
    const rear = rears.get(front.rear_port);
    if (rear === undefined) return { path, message: `there is no rear port “${front.rear_port}”` };
    const position = front.rear_port_position ?? 1;
    if (position > (rear.positions ?? 1)) {
      return { path, message: `“${rear.name}” has no position ${position}` };
    }
    const place = JSON.stringify([rear.name, position]);
    if (taken.has(place)) {
      return { path, message: `position ${position} of “${rear.name}” is taken already` };
    }
    taken.add(place);
  }
  return undefined;
}

function unfedOutlet(document: LibraryDocument): Fault | undefined {
  const inputs = new Set(document['power-ports'].map(({ name }) => name));
  for (const [index, { power_port: fed }] of document['power-outlets'].entries()) {
    if (fed === null || inputs.has(fed)) continue;
    return {
      path: ['power-outlets', index, 'power_port'],
      message: `there is no power port “${fed}”`,
    };
  }
  return undefined;
}
