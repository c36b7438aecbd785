"""Tasks that the code on the rules' pages hands work to."""


class Task:
    """Stands for a task of Celery's."""

    def delay(self, *arguments):
        """Stands for sending the arguments to a worker."""


index = Task()
