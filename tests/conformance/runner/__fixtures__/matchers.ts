interface Todo { title: string; done: boolean }
export const install = (): void => {
  expect.extend({
    toBeDone: (todo: Todo) => ({ pass: todo.done, message: () => `${todo.title} is not done` }),
  })
}
