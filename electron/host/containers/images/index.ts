export { createImages, type Images, type ImagesNeeds } from './images.ts';
