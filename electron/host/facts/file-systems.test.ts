import { expect, it } from 'vitest';
import { filesOf, sectionsOf } from './output-fixture.ts';

const header = 'Filesystem     1024-blocks      Used Available Capacity Mounted on\n';
const mounts = filesOf({
  '/proc/mounts':
    '/dev/sda1 / ext4 rw 0 0\ntmpfs /run tmpfs rw 0 0\nnas:/media /mnt/my\\040media nfs4 rw 0 0\noverlay /var/lib/docker/overlay2/x/merged overlay rw 0 0',
});

it('keeps real file systems with their types, blanks in paths included', () => {
  const df = `${header}/dev/sda1  100 60 -5 92% /\ntmpfs 10 0 10 0% /run\nnas:/media 5000 1000 4000 20% /mnt/my media\noverlay 100 60 40 60% /var/lib/docker/overlay2/x/merged\n`;
  expect(sectionsOf({ df, files: mounts }).fileSystems).toEqual({
    status: 'ok',
    data: [
      {
        mountPoint: '/',
        source: '/dev/sda1',
        type: 'ext4',
        sizeBytes: 102400,
        usedBytes: 61440,
        availableBytes: 0,
      },
      {
        mountPoint: '/mnt/my media',
        source: 'nas:/media',
        type: 'nfs4',
        sizeBytes: 5120000,
        usedBytes: 1024000,
        availableBytes: 4096000,
      },
    ],
  });
});

it('keeps what df could tell beside what it could not', () => {
  const df = {
    end: 1,
    text: `df: /root/x: Permission denied\n${header}/dev/sda1  100 60 40 60% /\n`,
  };
  expect(sectionsOf({ df, files: mounts }).fileSystems).toMatchObject({
    status: 'ok',
    data: [{ mountPoint: '/' }],
  });
});

it('falls back to the local ones where a network mount is dead', () => {
  const parts = {
    df: { end: 'late', text: '' },
    'df-local': `${header}/dev/sda1  100 60 40 60% /\n`,
  };
  expect(sectionsOf(parts).fileSystems).toMatchObject({ data: [{ source: '/dev/sda1' }] });
});

it('joins the lines that df without -P breaks, and keeps the root of a container', () => {
  const parts = {
    'df-plain': `${header}/dev/mapper/a-very-long-name-of-a-volume\n       100 60 40 60% /srv\noverlay 9 1 8 12% /`,
  };
  expect(sectionsOf(parts).fileSystems).toMatchObject({
    data: [
      { source: '/dev/mapper/a-very-long-name-of-a-volume', mountPoint: '/srv' },
      { mountPoint: '/' },
    ],
  });
});

it('says why there is nothing', () => {
  expect(sectionsOf({}).fileSystems).toEqual({ status: 'failed', reason: 'df is not installed.' });
  expect(sectionsOf({ df: { end: 'late', text: '' } }).fileSystems.status).toBe('failed');
});

it('counts a disk once however often it is bound elsewhere', () => {
  const df = `${header}/dev/sda1  100 60 40 60% /\n/dev/sda1  100 60 40 60% /srv/bound\n`;
  expect(sectionsOf({ df }).fileSystems).toMatchObject({ data: [{ mountPoint: '/' }] });
});

it('keeps the others beside a bucket of 16 EiB and a count below zero', () => {
  const huge = '18014398509481984';
  const df = `${header}/dev/sda1  100 60 40 60% /\ns3fs ${huge} 0 ${huge} 0% /mnt/s3\n/dev/x 1000 -5 1005 -1% /odd\n`;
  expect(sectionsOf({ df }).fileSystems).toMatchObject({
    status: 'ok',
    data: [
      { mountPoint: '/', sizeBytes: 102400 },
      { mountPoint: '/mnt/s3', sizeBytes: Number.MAX_SAFE_INTEGER, usedBytes: 0 },
      { mountPoint: '/odd', sizeBytes: 1024000, usedBytes: 0 },
    ],
  });
});

it('takes a whole list of the local ones before a list that stopped in the middle', () => {
  const parts = {
    df: { end: 'late', text: `${header}/dev/sda1  100 60 40 60% /\n` },
    'df-local': `${header}/dev/sda1  100 60 40 60% /\n/dev/sdb1  100 60 40 60% /data\n`,
  };
  expect(sectionsOf(parts).fileSystems).toMatchObject({
    data: [{ mountPoint: '/' }, { mountPoint: '/data' }],
  });
});
