import { Button, IconButton } from '../../ui/button.tsx';
import { isolated } from '../../ui/isolate.ts';
import { useApp } from '../app-context.ts';
import { useAction } from './use-action.ts';

interface ActionButtonProps {
  readonly id: string;
  readonly tone?: 'default' | 'primary' | 'danger' | 'quiet';
  readonly iconOnly?: boolean;
  readonly showShortcut?: boolean;
  /** Fewer words for where it stands beside what it acts on; the first ones of the title. */
  readonly short?: string;
}

/** A button for an action of the registry: its words, icon, shortcut and state come from there. */
export function ActionButton(props: ActionButtonProps) {
  const { actions } = useApp();
  const { action, status } = useAction(props.id);
  const shared = {
    icon: action.icon,
    disabled: !status.enabled,
    onClick: () => void actions.run(action.id),
  };
  if (props.iconOnly) {
    const label =
      status.detail === null ? action.title : `${action.title}: ${isolated(status.detail)}`;
    return <IconButton {...shared} label={label} shortcut={action.shortcut} />;
  }
  return (
    <Button
      {...shared}
      tone={props.tone}
      shortcut={props.showShortcut ? action.shortcut : undefined}
      label={props.short && action.title}
    >
      {props.short ?? action.title}
    </Button>
  );
}
