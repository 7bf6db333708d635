import { IconServer } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
export default function GalleryScreen() {
  return <EmptyState icon={IconServer} title="x" />;
}
