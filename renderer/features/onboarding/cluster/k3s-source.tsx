import { NumberInput, Radio, Select } from '@mantine/core';
import { type CommonJoin, commonJoin } from '../../../../shared/cluster/join/join-answers.ts';
import type { JoinView } from '../../../../shared/cluster/join/join-view.ts';
import { parseClusterVersion } from '../../../../shared/cluster/version.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import { Section } from '../../../ui/section.tsx';
import choice from '../wizard/choice.module.css';
import classes from './cluster.module.css';
import { SettledText } from './settled-text.tsx';

interface K3sSourceProps {
  readonly draft: Draft;
  readonly join: CommonJoin;
  readonly view: JoinView;
}

/** Where K3s comes from, in which version, and how it is set up. */
export function K3sSource({ draft, join, view }: K3sSourceProps) {
  const { onboarding } = useApp();
  const set = (more: Partial<CommonJoin>) =>
    void onboarding.change(draft, { kind: 'common', answers: { join: { ...join, ...more } } });
  const isFirst = view.cluster?.state === 'empty';
  const usual = view.version ?? (join.from === 'network' ? `what ${join.channel} has` : '');
  return (
    <Section title="K3s">
      <Radio.Group
        aria-label="Where K3s comes from"
        value={join.from}
        onChange={(value) => set({ from: commonJoin.shape.from.parse(value) })}
      >
        <div className={classes.choices}>
          <div className={choice.choice}>
            <Radio
              size="xs"
              value="network"
              label={<span className={choice.label}>From the network</span>}
              description="Each machine fetches the release of its architecture; its checksum is looked up by this computer."
            />
          </div>
          <div className={choice.choice}>
            <Radio
              size="xs"
              value="files"
              label={<span className={choice.label}>From files of this computer</span>}
              description="For machines that reach no outside world: binary and images are sent over SSH, their checksums verified."
            />
          </div>
        </div>
      </Radio.Group>
      <div className={classes.fields}>
        {join.from === 'files' && (
          <SettledText
            label="Folder with the files"
            description="k3s, k3s-arm64, k3s-airgap-images-….tar.zst, sha256sum-….txt"
            value={join.folder ?? ''}
            onSettle={(text) => set({ folder: text.trim() === '' ? null : text.trim() })}
          />
        )}
        <SettledText
          label="Version"
          description={versionWords(join, view)}
          placeholder={usual}
          value={join.version ?? ''}
          objection={(text) =>
            text.trim() === '' || parseClusterVersion(text)?.k3s ? null : 'Such as v1.37.2+k3s1'
          }
          onSettle={(text) => set({ version: text.trim() === '' ? null : text.trim() })}
        />
        {isFirst && join.from === 'network' && (
          <SettledText
            label="Channel"
            description="stable, latest or v1.37"
            value={join.channel}
            objection={(text) =>
              commonJoin.shape.channel.safeParse(text).success ? null : 'stable, latest or v1.37'
            }
            onSettle={(text) => set({ channel: text.trim() })}
          />
        )}
        {isFirst ? (
          <Select
            label="Where it keeps its state"
            description="Further servers can only join etcd"
            data={[
              { value: 'sqlite', label: 'SQLite: one server, little to write' },
              { value: 'etcd', label: 'etcd: more servers can join' },
            ]}
            value={join.datastore}
            allowDeselect={false}
            onChange={(value) => set({ datastore: commonJoin.shape.datastore.parse(value) })}
          />
        ) : (
          <SettledText
            label="Server to join"
            description="Empty: one that is up"
            placeholder={view.machines[0]?.server ?? 'https://10.0.10.11:6443'}
            value={join.server ?? ''}
            objection={(text) =>
              text.trim() === '' || commonJoin.shape.server.safeParse(text).success
                ? null
                : 'Such as https://10.0.10.11:6443'
            }
            onSettle={(text) => set({ server: text.trim() === '' ? null : text.trim() })}
          />
        )}
        <SettledText
          label="Other names of servers"
          description="For their certificates, separated by spaces"
          value={join.tlsNames.join(' ')}
          objection={(text) =>
            commonJoin.shape.tlsNames.safeParse(words(text)).success ? null : 'Names or addresses'
          }
          onSettle={(text) => set({ tlsNames: words(text) })}
        />
        <NumberInput
          label="Minutes that a join may take"
          description="Then it is stopped, and undo is offered"
          value={join.minutes}
          min={1}
          max={60}
          allowDecimal={false}
          onChange={(value) => {
            const minutes = commonJoin.shape.minutes.safeParse(value);
            if (minutes.success) set({ minutes: minutes.data });
          }}
        />
      </div>
      {view.registries.length > 0 && (
        <p className={classes.after}>
          {`Nodes are told to pull from ${view.registries.join(', ')}, as the inventory has it.`}
        </p>
      )}
    </Section>
  );
}

function versionWords(join: CommonJoin, view: JoinView): string {
  if (view.cluster?.state !== 'empty') return 'Empty: that of the servers';
  return join.from === 'files' ? 'That the files are of' : 'Empty: what the channel has';
}

const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');
