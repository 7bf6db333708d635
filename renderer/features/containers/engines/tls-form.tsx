import { Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { EngineIdentity, EngineWay } from '../../../../shared/containers/engine.ts';
import { Button } from '../../../ui/button.tsx';
import classes from '../containers.module.css';

interface TlsFormProps {
  readonly busy: boolean;
  readonly onChoose: (chosen: { way: EngineWay; identity: EngineIdentity }) => void;
}

const usualPort = '2376';
const parts = [
  { id: 'ca', label: 'Certificate authority (ca.pem)' },
  { id: 'cert', label: 'Certificate (cert.pem)' },
  { id: 'key', label: 'Key (key.pem)' },
] as const;

/** An engine that listens on a port, with what both sides show each other; kept as one secret. */
export function TlsForm({ busy, onChoose }: TlsFormProps) {
  const [host, setHost] = useState('');
  const [port, setPort] = useState(usualPort);
  const [pem, setPem] = useState({ ca: '', cert: '', key: '' });
  const number = Number(port);
  const ready = host.trim() !== '' && Number.isInteger(number) && number > 0 && number < 65_536;
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!ready) return;
    onChoose({
      way: { kind: 'tcp', host: host.trim(), port: number, tls: true },
      identity: { ca: pem.ca || null, cert: pem.cert || null, key: pem.key || null },
    });
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <div className={classes.pair}>
        <TextInput
          label="Host"
          maxLength={255}
          value={host}
          onChange={(event) => setHost(event.currentTarget.value)}
        />
        <TextInput
          label="Port"
          maxLength={5}
          value={port}
          onChange={(event) => setPort(event.currentTarget.value)}
        />
      </div>
      {parts.map(({ id, label }) => (
        <Textarea
          key={id}
          label={label}
          placeholder="-----BEGIN …"
          rows={2}
          maxLength={16_000}
          spellCheck={false}
          value={pem[id]}
          onChange={(event) => setPem({ ...pem, [id]: event.currentTarget.value })}
        />
      ))}
      <div>
        <Button type="submit" disabled={!ready || busy} busy={busy}>
          Connect
        </Button>
      </div>
    </form>
  );
}
