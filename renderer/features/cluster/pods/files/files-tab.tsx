import { IconFile, IconFolder, IconFolderOpen, IconLink, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { PodFile, PodFolder } from '../../../../../shared/cluster/pods/pod-file.ts';
import type { PodTarget } from '../../../../../shared/cluster/pods/pod-target.ts';
import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import { useApp } from '../../../../app/app-context.ts';
import { type Failure, isAbort, toFailure } from '../../../../rpc/failure.ts';
import { Ago } from '../../../../ui/ago.tsx';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { formatBytes } from '../../../../ui/formatting.ts';
import { isolated } from '../../../../ui/isolate.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { VirtualTable } from '../../../../ui/virtual-table.tsx';
import type { ObjectTabProps } from '../../object/object-tab-props.ts';
import { ContainerPick, usePickedContainer } from '../container-pick.tsx';
import classes from '../pods.module.css';
import { useTarget } from '../use-target.ts';
import { DownloadDialog } from './download-dialog.tsx';
import { DownloadList } from './download-list.tsx';

/** What lies in its containers, to be looked at and downloaded. */
export function FilesTab({ context, page }: ObjectTabProps) {
  const { state, resource } = useTarget(context, page);
  if (state.status === 'loading') return <Skeleton label="Looking at its containers" lines={6} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return <Files context={context} target={state.data} />;
}

function Files({ context, target }: { readonly context: string; readonly target: PodTarget }) {
  const pick = usePickedContainer(target);
  const { picked } = pick;
  const [path, setPath] = useState<string | null>(null);
  if (picked === null) return <EmptyState icon={IconFolder} title="It has no containers" />;
  const { namespace, pod, container } = picked;
  const place = { contextId: context, namespace, pod, container: container.name };
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <ContainerPick target={target} {...pick} />
        {path !== null && <PathBar path={path} onOpen={setPath} />}
      </div>
      {path === null ? (
        <EmptyState
          icon={IconFolderOpen}
          title={`Files of ${isolated(container.name)}`}
          actions={
            <Button
              tone="primary"
              icon={IconFolderOpen}
              disabled={container.state !== 'running'}
              onClick={() => setPath('/')}
            >
              Look at its files
            </Button>
          }
        >
          {container.state === 'running'
            ? 'They are read by commands in the container: sh, find and stat, which it has to have.'
            : 'Files are read by commands, which run only in a container that runs.'}
        </EmptyState>
      ) : (
        <Folder
          key={`${pod} ${container.name} ${path}`}
          place={place}
          path={path}
          onOpen={setPath}
        />
      )}
      <DownloadList place={place} />
    </div>
  );
}

interface PathBarProps {
  readonly path: string;
  readonly onOpen: (path: string) => void;
}

/** Each folder on the way is a press away. */
function PathBar({ path, onOpen }: PathBarProps) {
  const parts = path.split('/').filter((part) => part !== '');
  return (
    <nav className={classes.path} aria-label="Folder">
      {['/', ...parts].map((part, index) => {
        const to = `/${parts.slice(0, index).join('/')}`;
        const isLast = index === parts.length;
        return (
          <span key={to}>
            {index > 1 && <span aria-hidden>/</span>}
            <button
              type="button"
              className={classes.pathPart}
              aria-current={isLast ? 'location' : undefined}
              onClick={() => onOpen(to)}
            >
              <bdi>{part}</bdi>
            </button>
          </span>
        );
      })}
    </nav>
  );
}

interface FolderProps {
  readonly place: PodPlace;
  readonly path: string;
  readonly onOpen: (path: string) => void;
}

type Listed = { readonly folder: PodFolder } | { readonly failure: Failure } | null;

function Folder({ place, path, onOpen }: FolderProps) {
  const { client } = useApp();
  const [listed, setListed] = useState<Listed>(null);
  const [reading, setReading] = useState(0);
  const [asked, setAsked] = useState<PodFile | null>(null);
  const { contextId, namespace, pod, container } = place;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is read once more when asked to
  useEffect(() => {
    const leave = new AbortController();
    const input = { contextId, namespace, pod, container, path };
    client.cluster.pods.files.list(input, { signal: leave.signal }).then(
      (folder) => setListed({ folder }),
      (error: unknown) => {
        if (!isAbort(error)) setListed({ failure: toFailure(error) });
      },
    );
    return () => leave.abort();
  }, [client, contextId, namespace, pod, container, path, reading]);
  const again = () => {
    setListed(null);
    setReading((count) => count + 1);
  };
  if (listed === null) return <Skeleton label="Reading the folder" lines={8} />;
  if ('failure' in listed) return <ErrorState error={listed.failure} onRetry={again} />;
  const { folder } = listed;
  const below = (name: string) => (path === '/' ? `/${name}` : `${path}/${name}`);
  return (
    <>
      <FileTable
        folder={folder}
        onAgain={again}
        onOpen={(file) =>
          file.type === 'folder' || file.type === 'link' ? onOpen(below(file.name)) : setAsked(file)
        }
        onDownload={setAsked}
      />
      {asked !== null && (
        <DownloadDialog
          place={place}
          path={below(asked.name)}
          file={asked}
          downloads={folder.downloads}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

interface FileTableProps {
  readonly folder: PodFolder;
  readonly onAgain: () => void;
  readonly onOpen: (file: PodFile) => void;
  readonly onDownload: (file: PodFile) => void;
}

const icons = { folder: IconFolder, file: IconFile, link: IconLink, other: IconFile };

function FileTable({ folder: { path, files, more }, onAgain, onOpen, onDownload }: FileTableProps) {
  if (files.length === 0) {
    return (
      <EmptyState
        icon={IconFolder}
        title="This folder is empty"
        actions={
          <Button icon={IconRefresh} onClick={onAgain}>
            Refresh
          </Button>
        }
      />
    );
  }
  return (
    <div className={classes.files}>
      <VirtualTable
        label={`Files in ${path}`}
        className={classes.fileTable}
        columns={4}
        count={files.length}
        onRange={() => {}}
        head={
          <tr>
            <th scope="col">Name{more && ' (the first 2,000)'}</th>
            <th scope="col" data-align="end">
              Size
            </th>
            <th scope="col">Changed</th>
            <th scope="col" data-align="end">
              <IconButton label="Refresh" icon={IconRefresh} onClick={onAgain} />
            </th>
          </tr>
        }
        rowAt={(index) => {
          const file = files[index];
          return file && <FileRow file={file} onOpen={onOpen} onDownload={onDownload} />;
        }}
      />
    </div>
  );
}

interface FileRowProps extends Pick<FileTableProps, 'onOpen' | 'onDownload'> {
  readonly file: PodFile;
}

function FileRow({ file, onOpen, onDownload }: FileRowProps) {
  const { name, type, size, changedAt } = file;
  const Icon = icons[type];
  return (
    <tr>
      <td>
        <span className={classes.fileName}>
          <Icon aria-hidden className={classes.fileIcon} />
          {type === 'other' ? (
            <bdi>{name}</bdi>
          ) : (
            <button type="button" className={classes.link} onClick={() => onOpen(file)}>
              <bdi>{name}</bdi>
            </button>
          )}
          {type === 'link' && <span className={classes.quiet}>link</span>}
          {type === 'other' && <span className={classes.quiet}>no regular file</span>}
        </span>
      </td>
      <td data-align="end">{type === 'file' ? formatBytes(size) : ''}</td>
      <td>
        <Ago at={changedAt} short />
      </td>
      <td data-align="end">
        {(type === 'file' || type === 'link') && (
          <Button
            tone="quiet"
            label={`Download ${isolated(name)}`}
            onClick={() => onDownload(file)}
          >
            Download
          </Button>
        )}
      </td>
    </tr>
  );
}
