import type Sqlite from 'better-sqlite3';

/** What a list needs of a draft; its domain reads the summary. */
export interface ListedDraft {
  readonly id: string;
  readonly version: number;
  /** UTC milliseconds. */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly summary: string;
}

/** A draft as it is stored; its domain reads the body. */
export interface StoredDraft extends ListedDraft {
  readonly body: string;
}

/** Drafts of onboardings. Outside history: undoing an edit must not take a draft back. */
export interface OnboardingDraftStore {
  /** Newest change first; without their bodies, which are large. */
  list(limit: number): ListedDraft[];
  get(id: string): StoredDraft | undefined;
  /** Writes it whole; an older version than the one that is there is passed over. */
  put(draft: StoredDraft): void;
  delete(id: string): void;
  /** Inside a change set, with which it stands or falls: which one a recording of this name became. */
  noteRecording(token: string, changeSetId: string): void;
  recording(token: string): string | undefined;
}

const columns = 'id, version, created_at AS createdAt, changed_at AS changedAt, summary';

export function createOnboardingDraftStore(
  sqlite: Sqlite.Database,
  write: (work: () => void) => void,
): OnboardingDraftStore {
  const list = sqlite.prepare<[number], ListedDraft>(
    `SELECT ${columns} FROM onboarding_draft ORDER BY changed_at DESC, id LIMIT ?`,
  );
  const get = sqlite.prepare<[string], StoredDraft>(
    `SELECT ${columns}, body FROM onboarding_draft WHERE id = ?`,
  );
  const put = sqlite.prepare<[StoredDraft]>(
    `INSERT INTO onboarding_draft (id, version, created_at, changed_at, summary, body)
     VALUES (@id, @version, @createdAt, @changedAt, @summary, @body)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version,
       changed_at = excluded.changed_at, summary = excluded.summary, body = excluded.body
     WHERE excluded.version > version`,
  );
  const note = sqlite.prepare<[string, string]>(
    `INSERT INTO setting (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  const noted = sqlite.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const noteKey = (token: string) => `onboarding.record.${token}`;
  const remove = sqlite.prepare<[string]>('DELETE FROM onboarding_draft WHERE id = ?');
  /** Kept, but another thread writes; null: deleted. */
  const unwritten = new Map<string, StoredDraft | null>();
  const current = (id: string) => {
    const waiting = unwritten.get(id);
    return waiting === undefined ? get.get(id) : (waiting ?? undefined);
  };
  const keep = (id: string, draft: StoredDraft | null) => {
    unwritten.set(id, draft);
    write(() => {
      // A later change of the same draft has its own turn.
      if (unwritten.get(id) === draft) unwritten.delete(id);
      if (draft === null) remove.run(id);
      else put.run(draft);
    });
  };
  return {
    list(limit) {
      const stored = list.all(limit).filter(({ id }) => !unwritten.has(id));
      const waiting = [...unwritten.values()].filter((draft) => draft !== null);
      return [...stored, ...waiting]
        .sort((a, b) => b.changedAt - a.changedAt || (a.id < b.id ? -1 : 1))
        .slice(0, limit);
    },
    get: current,
    put: (draft) => keep(draft.id, draft),
    delete: (id) => keep(id, null),
    noteRecording: (token, changeSetId) => void note.run(noteKey(token), changeSetId),
    recording: (token) => noted.get(noteKey(token)),
  };
}
