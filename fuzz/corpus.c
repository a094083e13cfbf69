/* Runs a fuzz target over the files of a directory; fails where there are none. */
#include "fuzz.h"

#include <dirent.h>
#include <string.h>

enum { LARGEST = 1 << 20 };

static size_t run_file(const char *path, uint8_t *room)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    size_t size = fread(room, 1, LARGEST, file);
    fclose(file);
    /* An allocation of exactly its size, so that the sanitizer sees a read behind its end. */
    uint8_t *data = malloc(size ? size : 1);
    if (!data)
        return 0;
    memcpy(data, room, size);
    LLVMFuzzerTestOneInput(data, size);
    /* Each prefix too: text ends everywhere. */
    for (size_t cut = 0; cut < size && cut < 2048; cut++)
        LLVMFuzzerTestOneInput(data + size - cut, cut), LLVMFuzzerTestOneInput(data, cut);
    free(data);
    return 1;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    DIR *directory = argc == 2 ? opendir(argv[1]) : NULL;
    uint8_t *room = malloc(LARGEST);
    if (!directory || !room) {
        fprintf(stderr, "usage: %s DIRECTORY\n", argv[0]);
        free(room);
        return 2;
    }
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        count += run_file(path, room);
    }
    closedir(directory);
    free(room);
    printf("%zu inputs\n", count);
    return count > 0 ? 0 : 1;
}
