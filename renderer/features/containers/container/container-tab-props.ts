import type { ContainerPage } from '../../../../shared/containers/container-page.ts';

export interface ContainerTabProps {
  readonly engineId: string;
  readonly page: ContainerPage;
}
